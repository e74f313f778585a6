ALTER TABLE "run_steps" ADD COLUMN "lingers" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "run_steps_lingering" ON "run_steps" USING btree ("workspace_id","host_id") WHERE "run_steps"."lingers";--> statement-breakpoint
-- What was lost sight of within the last day is asked after still. Row-level security is forced on the owner too.
ALTER TABLE "run_steps" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE "run_steps" SET "lingers" = true
WHERE "state" IN ('unknown', 'cancel-unconfirmed') AND "risk" <> 'read-only' AND "fan_out" IS NULL
  AND "ended_at" > now() - interval '1 day';--> statement-breakpoint
ALTER TABLE "run_steps" FORCE ROW LEVEL SECURITY;
