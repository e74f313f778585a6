CREATE TABLE "freezes" (
	"workspace_id" uuid PRIMARY KEY NOT NULL,
	"reason" text NOT NULL,
	"set_by" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"until" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "direction" text DEFAULT 'forward' NOT NULL;--> statement-breakpoint
ALTER TABLE "freezes" ADD CONSTRAINT "freezes_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
call protect_workspace_table('freezes'::regclass, 'select, insert, update, delete');
