CREATE TABLE "alert_dues" (
	"workspace_id" uuid NOT NULL,
	"incident_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	CONSTRAINT "alert_dues_workspace_id_incident_id_kind_subject_pk" PRIMARY KEY("workspace_id","incident_id","kind","subject")
);
--> statement-breakpoint
ALTER TABLE "alert_dues" ADD CONSTRAINT "alert_dues_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alert_dues_due" ON "alert_dues" USING btree ("workspace_id","due_at");--> statement-breakpoint
CREATE INDEX "alert_incidents_post" ON "alert_incidents" USING btree ("workspace_id","post_id");
--> statement-breakpoint
call protect_workspace_table('alert_dues'::regclass, 'select, insert, update, delete');
