CREATE TABLE "comments" (
	"workspace_id" uuid NOT NULL REFERENCES "workspaces"("id") ON DELETE cascade,
	"recommendation_id" uuid NOT NULL REFERENCES "recommendations"("id") ON DELETE cascade,
	"person_id" uuid NOT NULL REFERENCES "people"("id"),
	"text" text NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "comments_workspace_id_recommendation_id_person_id_pk" PRIMARY KEY("workspace_id","recommendation_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "thread_openings" (
	"post_id" uuid PRIMARY KEY NOT NULL REFERENCES "posts"("id") ON DELETE cascade,
	"workspace_id" uuid NOT NULL REFERENCES "workspaces"("id") ON DELETE cascade,
	"intent" jsonb NOT NULL
);
--> statement-breakpoint
CREATE INDEX "thread_openings_workspace" ON "thread_openings" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "comments_changed" ON "comments" USING btree ("workspace_id","changed_at");--> statement-breakpoint
CREATE INDEX "feedback_changed" ON "feedback" USING btree ("workspace_id","changed_at");--> statement-breakpoint
CREATE INDEX "incidents_newest" ON "incidents" USING btree ("workspace_id","opened_at");--> statement-breakpoint
CREATE INDEX "incidents_open_by" ON "incidents" USING btree ("workspace_id","opened_by") WHERE state in ('open', 'mitigated');--> statement-breakpoint
CREATE INDEX "runs_started" ON "runs" USING btree ("workspace_id","started_at");--> statement-breakpoint
call protect_workspace_table('comments'::regclass, 'select, insert, update, delete');--> statement-breakpoint
call protect_workspace_table('thread_openings'::regclass, 'select, insert, update, delete');
