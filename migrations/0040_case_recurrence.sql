ALTER TABLE "success_rates" ADD COLUMN "seen" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "success_rates" ADD COLUMN "last_seen_at" timestamp with time zone;