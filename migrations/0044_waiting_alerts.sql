ALTER TABLE "alert_events" ADD COLUMN "source" text GENERATED ALWAYS AS (alert->>'source') STORED;--> statement-breakpoint
ALTER TABLE "alert_events" ADD COLUMN "fingerprint" text GENERATED ALWAYS AS (alert->>'fingerprint') STORED;--> statement-breakpoint
CREATE INDEX "alert_events_waiting_of" ON "alert_events" USING btree ("workspace_id","fingerprint","source","received_at") WHERE folded_at is null;
