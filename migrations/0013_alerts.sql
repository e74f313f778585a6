CREATE TABLE "alert_events" (
	"workspace_id" uuid NOT NULL,
	"key" text NOT NULL,
	"channel" text NOT NULL,
	"route" text NOT NULL,
	"alert" jsonb NOT NULL,
	"received_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"folded_at" timestamp with time zone,
	CONSTRAINT "alert_events_workspace_id_key_pk" PRIMARY KEY("workspace_id","key")
);
--> statement-breakpoint
CREATE TABLE "alert_incidents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"route" text NOT NULL,
	"post_id" uuid,
	"storm" uuid,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"resolved_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "alert_marks" (
	"workspace_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"key" text NOT NULL,
	"minute" integer NOT NULL,
	"incident_id" uuid NOT NULL,
	CONSTRAINT "alert_marks_workspace_id_channel_key_minute_incident_id_pk" PRIMARY KEY("workspace_id","channel","key","minute","incident_id")
);
--> statement-breakpoint
CREATE TABLE "alert_refusals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"sender" text NOT NULL,
	"field" text NOT NULL,
	"message" text NOT NULL,
	"payload" text NOT NULL,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alert_states" (
	"workspace_id" uuid NOT NULL,
	"incident_id" uuid NOT NULL,
	"source" text NOT NULL,
	"fingerprint" text NOT NULL,
	"reached_at" timestamp with time zone NOT NULL,
	"rank" smallint NOT NULL,
	"began_at" timestamp with time zone NOT NULL,
	"alert" jsonb NOT NULL,
	CONSTRAINT "alert_states_workspace_id_incident_id_source_fingerprint_pk" PRIMARY KEY("workspace_id","incident_id","source","fingerprint")
);
--> statement-breakpoint
ALTER TABLE "alert_events" ADD CONSTRAINT "alert_events_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_incidents" ADD CONSTRAINT "alert_incidents_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_marks" ADD CONSTRAINT "alert_marks_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_refusals" ADD CONSTRAINT "alert_refusals_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_states" ADD CONSTRAINT "alert_states_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alert_events_waiting" ON "alert_events" USING btree ("workspace_id","received_at") WHERE folded_at is null;--> statement-breakpoint
CREATE INDEX "alert_events_received" ON "alert_events" USING btree ("workspace_id","received_at");--> statement-breakpoint
CREATE INDEX "alert_incidents_opened" ON "alert_incidents" USING btree ("workspace_id","channel","opened_at");--> statement-breakpoint
CREATE INDEX "alert_incidents_storm" ON "alert_incidents" USING btree ("workspace_id","storm");--> statement-breakpoint
CREATE INDEX "alert_marks_incident" ON "alert_marks" USING btree ("workspace_id","incident_id");--> statement-breakpoint
CREATE INDEX "alert_marks_minute" ON "alert_marks" USING btree ("workspace_id","minute");--> statement-breakpoint
CREATE INDEX "alert_refusals_at" ON "alert_refusals" USING btree ("workspace_id","at");
--> statement-breakpoint
call protect_workspace_table('alert_events'::regclass, 'select, insert, update, delete');
--> statement-breakpoint
call protect_workspace_table('alert_incidents'::regclass, 'select, insert, update, delete');
--> statement-breakpoint
call protect_workspace_table('alert_marks'::regclass, 'select, insert, update, delete');
--> statement-breakpoint
call protect_workspace_table('alert_states'::regclass, 'select, insert, update, delete');
--> statement-breakpoint
call protect_workspace_table('alert_refusals'::regclass, 'select, insert, update, delete');
