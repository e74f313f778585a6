create extension if not exists vector;--> statement-breakpoint
CREATE TABLE "search_documents" (
	"workspace_id" uuid NOT NULL,
	"solution_id" uuid NOT NULL,
	"title_length" integer NOT NULL,
	"lead_length" integer NOT NULL,
	"body_length" integer NOT NULL,
	"steps_length" integer NOT NULL,
	"tags_length" integer NOT NULL,
	"title_terms" integer NOT NULL,
	"opening" text[] NOT NULL,
	"alert_names" text[] NOT NULL,
	CONSTRAINT "search_documents_workspace_id_solution_id_pk" PRIMARY KEY("workspace_id","solution_id")
);
--> statement-breakpoint
CREATE TABLE "search_embeddings" (
	"workspace_id" uuid NOT NULL,
	"solution_id" uuid NOT NULL,
	"model" text NOT NULL,
	"embedding" vector NOT NULL,
	CONSTRAINT "search_embeddings_workspace_id_model_solution_id_pk" PRIMARY KEY("workspace_id","model","solution_id")
);
--> statement-breakpoint
CREATE TABLE "search_postings" (
	"workspace_id" uuid NOT NULL,
	"term" text NOT NULL,
	"solution_id" uuid NOT NULL,
	"title" smallint NOT NULL,
	"lead" smallint NOT NULL,
	"body" smallint NOT NULL,
	"steps" smallint NOT NULL,
	"tags" smallint NOT NULL,
	CONSTRAINT "search_postings_workspace_id_term_solution_id_pk" PRIMARY KEY("workspace_id","term","solution_id")
);
--> statement-breakpoint
ALTER TABLE "search_documents" ADD CONSTRAINT "search_documents_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_documents" ADD CONSTRAINT "search_documents_solution_id_solutions_id_fk" FOREIGN KEY ("solution_id") REFERENCES "public"."solutions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_embeddings" ADD CONSTRAINT "search_embeddings_document" FOREIGN KEY ("workspace_id","solution_id") REFERENCES "public"."search_documents"("workspace_id","solution_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_postings" ADD CONSTRAINT "search_postings_document" FOREIGN KEY ("workspace_id","solution_id") REFERENCES "public"."search_documents"("workspace_id","solution_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "search_documents_solution" ON "search_documents" USING btree ("solution_id");--> statement-breakpoint
CREATE INDEX "search_embeddings_solution" ON "search_embeddings" USING btree ("workspace_id","solution_id");--> statement-breakpoint
CREATE INDEX "search_postings_solution" ON "search_postings" USING btree ("workspace_id","solution_id");--> statement-breakpoint
call protect_workspace_table('search_documents'::regclass, 'select, insert, update, delete');--> statement-breakpoint
call protect_workspace_table('search_postings'::regclass, 'select, insert, update, delete');--> statement-breakpoint
call protect_workspace_table('search_embeddings'::regclass, 'select, insert, update, delete');
