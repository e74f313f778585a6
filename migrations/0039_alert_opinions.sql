CREATE TABLE "alert_opinions" (
	"incident_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"opinion" text NOT NULL,
	"reason" text NOT NULL,
	"model" text NOT NULL,
	"alerts" integer NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "alert_opinions" ADD CONSTRAINT "alert_opinions_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alert_opinions_workspace" ON "alert_opinions" USING btree ("workspace_id");--> statement-breakpoint
call protect_workspace_table('alert_opinions'::regclass, 'select, insert, delete');
