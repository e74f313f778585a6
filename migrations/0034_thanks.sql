ALTER TABLE "solutions" ADD COLUMN "thanked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "wants_thanks" boolean DEFAULT true NOT NULL;