ALTER TABLE "run_steps" ADD COLUMN "chosen_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "run_steps" ADD COLUMN "way" jsonb;--> statement-breakpoint
-- Of what ended without success before this, something else that follows it says that a person chose.
ALTER TABLE "run_steps" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE "run_steps" s SET "chosen_at" = coalesce(s."ended_at", now())
WHERE s."part_of" IS NULL
  AND s."state" IN ('failed', 'timed-out', 'cancelled', 'cancel-unconfirmed', 'unknown', 'rejected', 'expired')
  AND EXISTS (
    SELECT 1 FROM "run_steps" later
    WHERE later."run_id" = s."run_id" AND later."part_of" IS NULL
      AND (later."kind" = 'rollback', later."round", later."position", later."attempt")
        > (s."kind" = 'rollback', s."round", s."position", s."attempt")
      AND (later."state" NOT IN ('approved', 'skipped', 'expired')
        OR (later."position", later."round") = (s."position", s."round")));--> statement-breakpoint
ALTER TABLE "run_steps" FORCE ROW LEVEL SECURITY;
