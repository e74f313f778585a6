DROP INDEX "alert_states_fingerprint";--> statement-breakpoint
DROP INDEX "alert_states_name";--> statement-breakpoint
ALTER TABLE "alert_states" ADD COLUMN "channel" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "alert_states" ADD COLUMN "verdict" text;--> statement-breakpoint
-- Row-level security is forced on the owner too, so an update of a migration would find no row.
alter table alert_states no force row level security;
--> statement-breakpoint
alter table alert_incidents no force row level security;
--> statement-breakpoint
alter table alert_verdicts no force row level security;
--> statement-breakpoint
update alert_states s set channel = i.channel from alert_incidents i where i.id = s.incident_id;
--> statement-breakpoint
-- When each alert joined is not known; until now a verdict stood for all of them.
update alert_states s set verdict = v.verdict from alert_verdicts v where v.incident_id = s.incident_id;
--> statement-breakpoint
alter table alert_states force row level security;
--> statement-breakpoint
alter table alert_incidents force row level security;
--> statement-breakpoint
alter table alert_verdicts force row level security;
--> statement-breakpoint
ALTER TABLE "alert_states" ALTER COLUMN "channel" DROP DEFAULT;--> statement-breakpoint
CREATE INDEX "alert_states_fingerprint" ON "alert_states" USING btree ("workspace_id","channel","source","fingerprint","incident_id");--> statement-breakpoint
CREATE INDEX "alert_states_name" ON "alert_states" USING btree ("workspace_id","channel","name","incident_id");
