ALTER TABLE "channel_settings" ADD COLUMN "team" text;--> statement-breakpoint
ALTER TABLE "channel_settings" ADD COLUMN "visibility" text;--> statement-breakpoint
ALTER TABLE "solutions" ADD COLUMN "visibility" text DEFAULT 'workspace' NOT NULL;--> statement-breakpoint
ALTER TABLE "solutions" ADD COLUMN "channel" text;--> statement-breakpoint
ALTER TABLE "solutions" ADD COLUMN "team" text;--> statement-breakpoint
CREATE INDEX "solutions_visibility" ON "solutions" USING btree ("workspace_id","visibility");--> statement-breakpoint
-- A case belongs to the channel of its thread. Row-level security is forced on the owner too.
ALTER TABLE "solutions" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "incidents" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE "solutions" s SET "channel" = i."channel" FROM "incidents" i
WHERE s."kind" = 'case' AND s."workspace_id" = i."workspace_id" AND s."slug" = 'case-' || i."id"::text;--> statement-breakpoint
ALTER TABLE "incidents" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "solutions" FORCE ROW LEVEL SECURITY;
