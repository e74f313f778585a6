CREATE TABLE "captures" (
	"workspace_id" uuid NOT NULL,
	"incident_id" uuid NOT NULL,
	"state" text NOT NULL,
	"because" text,
	"due_at" timestamp with time zone,
	"round" integer DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"draft" jsonb,
	"post_id" uuid,
	"people" text[] DEFAULT '{}' NOT NULL,
	CONSTRAINT "captures_workspace_id_incident_id_pk" PRIMARY KEY("workspace_id","incident_id")
);
--> statement-breakpoint
ALTER TABLE "captures" ADD CONSTRAINT "captures_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "captures" ADD CONSTRAINT "captures_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "captures_due" ON "captures" USING btree ("workspace_id","state","due_at") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "captures_post" ON "captures" USING btree ("workspace_id","post_id") WHERE state = 'drafted';
--> statement-breakpoint
call protect_workspace_table('captures'::regclass, 'select, insert, update');
