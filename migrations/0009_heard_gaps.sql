CREATE TABLE "heard_gaps" (
	"workspace_id" uuid PRIMARY KEY NOT NULL,
	"since" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "heard_gaps" ADD CONSTRAINT "heard_gaps_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
call protect_workspace_table('heard_gaps'::regclass, 'select, insert, update, delete');
