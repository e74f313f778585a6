CREATE TABLE "reviews" (
	"version_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"why" text DEFAULT '' NOT NULL,
	"evidence" text DEFAULT '' NOT NULL,
	"runs" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"post_id" uuid,
	"decision" text,
	"decided_by" text,
	"notes" text DEFAULT '' NOT NULL,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decided_at" timestamp with time zone,
	"declined_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "solutions" ADD COLUMN "file_hash" text;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_version_id_solution_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."solution_versions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
call protect_workspace_table('reviews'::regclass, 'select, insert, update, delete');
