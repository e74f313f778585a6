CREATE TABLE "alert_snoozes" (
	"workspace_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"source" text NOT NULL,
	"fingerprint" text NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"person_id" uuid NOT NULL,
	CONSTRAINT "alert_snoozes_workspace_id_channel_source_fingerprint_pk" PRIMARY KEY("workspace_id","channel","source","fingerprint")
);
--> statement-breakpoint
CREATE TABLE "alert_verdicts" (
	"incident_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"verdict" text NOT NULL,
	"person_id" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "alert_states" ADD COLUMN "name" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "alert_states" ADD COLUMN "ends" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "alert_snoozes" ADD CONSTRAINT "alert_snoozes_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_snoozes" ADD CONSTRAINT "alert_snoozes_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_verdicts" ADD CONSTRAINT "alert_verdicts_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_verdicts" ADD CONSTRAINT "alert_verdicts_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alert_verdicts_workspace" ON "alert_verdicts" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "alert_states_fingerprint" ON "alert_states" USING btree ("workspace_id","source","fingerprint","incident_id");--> statement-breakpoint
CREATE INDEX "alert_states_name" ON "alert_states" USING btree ("workspace_id","name","incident_id");
--> statement-breakpoint
-- Row-level security is forced on the owner too, so an update of a migration would find no row.
alter table alert_states no force row level security;
--> statement-breakpoint
update alert_states set name = alert->>'name', ends = (rank = 2)::int;
--> statement-breakpoint
alter table alert_states force row level security;
--> statement-breakpoint
call protect_workspace_table('alert_verdicts'::regclass, 'select, insert, update, delete');
--> statement-breakpoint
call protect_workspace_table('alert_snoozes'::regclass, 'select, insert, update, delete');
