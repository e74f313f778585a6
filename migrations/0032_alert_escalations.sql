CREATE TABLE "alert_escalation_posts" (
	"post_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"incident_id" uuid NOT NULL,
	"name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alert_escalations" (
	"workspace_id" uuid NOT NULL,
	"incident_id" uuid NOT NULL,
	"name" text NOT NULL,
	"level" smallint DEFAULT 0 NOT NULL,
	"reason" text DEFAULT 'unanswered' NOT NULL,
	"since_at" timestamp with time zone DEFAULT now() NOT NULL,
	"answered_at" timestamp with time zone,
	"answered_by" uuid,
	CONSTRAINT "alert_escalations_workspace_id_incident_id_name_pk" PRIMARY KEY("workspace_id","incident_id","name")
);
--> statement-breakpoint
ALTER TABLE "alert_escalation_posts" ADD CONSTRAINT "alert_escalation_posts_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_escalations" ADD CONSTRAINT "alert_escalations_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_escalations" ADD CONSTRAINT "alert_escalations_answered_by_people_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alert_escalation_posts_incident" ON "alert_escalation_posts" USING btree ("workspace_id","incident_id");
--> statement-breakpoint
call protect_workspace_table('alert_escalations'::regclass, 'select, insert, update, delete');--> statement-breakpoint
call protect_workspace_table('alert_escalation_posts'::regclass, 'select, insert, update, delete');
