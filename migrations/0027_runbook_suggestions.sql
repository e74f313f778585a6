CREATE TABLE "runbook_suggestions" (
	"solution_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"post_id" uuid NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"settled_by" text,
	"told_at" timestamp with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "runbook_suggestions" ADD CONSTRAINT "runbook_suggestions_solution_id_solutions_id_fk" FOREIGN KEY ("solution_id") REFERENCES "public"."solutions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runbook_suggestions" ADD CONSTRAINT "runbook_suggestions_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
call protect_workspace_table('runbook_suggestions'::regclass, 'select, insert, update, delete');
