ALTER TABLE "success_rates" ADD COLUMN "doubt" double precision DEFAULT 0.25 NOT NULL;--> statement-breakpoint
ALTER TABLE "success_rates" ADD COLUMN "doubt_elsewhere" double precision DEFAULT 0.25 NOT NULL;--> statement-breakpoint
-- Places are kept with their doubt from now on; the next fold makes them anew from all signals.
ALTER TABLE "success_rates" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE "success_rates" SET "places" = '[]';--> statement-breakpoint
ALTER TABLE "success_rates" FORCE ROW LEVEL SECURITY;
