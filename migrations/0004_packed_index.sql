-- The index is made again in the background from the versions in force, so what is there goes. Truncating is what the
-- owner may do without a workspace: forced row-level security hides every row from its statements.
ALTER TABLE "search_embeddings" DROP CONSTRAINT "search_embeddings_document";--> statement-breakpoint
DROP TABLE "search_postings";--> statement-breakpoint
TRUNCATE TABLE "search_documents";--> statement-breakpoint
CREATE TABLE "search_collections" (
	"workspace_id" uuid PRIMARY KEY NOT NULL REFERENCES "workspaces"("id") ON DELETE cascade,
	"next_number" integer NOT NULL,
	"documents" integer NOT NULL,
	"revision" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_postings" (
	"workspace_id" uuid NOT NULL REFERENCES "workspaces"("id") ON DELETE cascade,
	"term" text NOT NULL,
	"block" integer NOT NULL,
	"postings" "bytea" NOT NULL,
	CONSTRAINT "search_postings_workspace_id_term_block_pk" PRIMARY KEY("workspace_id","term","block")
);
--> statement-breakpoint
-- Most bytes are random to a compressor; rows are rewritten while they fill, and room in the page keeps that in place.
ALTER TABLE "search_postings" ALTER COLUMN "postings" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "search_postings" SET (fillfactor = 70);--> statement-breakpoint
ALTER TABLE "search_documents" DROP CONSTRAINT "search_documents_solution_id_solutions_id_fk";--> statement-breakpoint
ALTER TABLE "search_documents" DROP COLUMN "body_length";--> statement-breakpoint
ALTER TABLE "search_documents" DROP COLUMN "steps_length";--> statement-breakpoint
ALTER TABLE "search_documents" DROP COLUMN "tags_length";--> statement-breakpoint
ALTER TABLE "search_documents" DROP COLUMN "title_terms";--> statement-breakpoint
ALTER TABLE "search_documents" DROP COLUMN "opening";--> statement-breakpoint
ALTER TABLE "search_documents" ADD COLUMN "number" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "search_documents" ADD COLUMN "analysis" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "search_documents" ADD COLUMN "stems" text NOT NULL;--> statement-breakpoint
ALTER TABLE "search_documents" ADD COLUMN "trouble" real NOT NULL;--> statement-breakpoint
ALTER TABLE "search_documents" ADD COLUMN "kind" text NOT NULL;--> statement-breakpoint
ALTER TABLE "search_documents" ADD COLUMN "os" text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "search_documents" ADD COLUMN "application" text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "search_documents" ADD COLUMN "environment" text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "search_documents" ADD COLUMN "service" text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "search_documents" ADD COLUMN "host_group" text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "search_documents" ADD COLUMN "content_hash" text NOT NULL;--> statement-breakpoint
ALTER TABLE "search_documents" ADD CONSTRAINT "search_documents_number" UNIQUE("workspace_id","number");--> statement-breakpoint
-- A solution leaves the index before it is deleted, or its postings would stay. Deferred, so that a whole workspace can
-- go in one statement.
ALTER TABLE "search_documents" ADD CONSTRAINT "search_documents_solution_id_solutions_id_fk" FOREIGN KEY ("solution_id") REFERENCES "public"."solutions"("id") DEFERRABLE INITIALLY DEFERRED;--> statement-breakpoint
-- A vector outlives its document's rewriting, so that an edited solution keeps the old one until it is embedded again.
-- Vectors of before have no hash: they are used until the new index asks for new ones.
DROP INDEX "search_embeddings_solution";--> statement-breakpoint
ALTER TABLE "search_embeddings" ADD COLUMN "content_hash" text NOT NULL DEFAULT '';--> statement-breakpoint
ALTER TABLE "search_embeddings" ALTER COLUMN "content_hash" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "search_embeddings" ADD COLUMN "dimensions" integer GENERATED ALWAYS AS (vector_dims(embedding)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "search_embeddings" ADD CONSTRAINT "search_embeddings_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "search_embeddings" ADD CONSTRAINT "search_embeddings_solution_id_solutions_id_fk" FOREIGN KEY ("solution_id") REFERENCES "public"."solutions"("id") ON DELETE cascade;--> statement-breakpoint
CREATE INDEX "search_embeddings_solution" ON "search_embeddings" USING btree ("solution_id");--> statement-breakpoint
CREATE TABLE "search_uses" (
	"workspace_id" uuid NOT NULL REFERENCES "workspaces"("id") ON DELETE cascade,
	"solution_id" uuid NOT NULL REFERENCES "solutions"("id") ON DELETE cascade,
	"source" text NOT NULL,
	"stems" text NOT NULL,
	"mass" real NOT NULL,
	"weight" real NOT NULL,
	CONSTRAINT "search_uses_workspace_id_solution_id_source_pk" PRIMARY KEY("workspace_id","solution_id","source")
);
--> statement-breakpoint
CREATE TABLE "search_use_terms" (
	"workspace_id" uuid NOT NULL REFERENCES "workspaces"("id") ON DELETE cascade,
	"term" text NOT NULL,
	"solution_id" uuid NOT NULL REFERENCES "solutions"("id") ON DELETE cascade,
	CONSTRAINT "search_use_terms_workspace_id_term_solution_id_pk" PRIMARY KEY("workspace_id","term","solution_id")
);
--> statement-breakpoint
CREATE INDEX "search_uses_solution" ON "search_uses" USING btree ("solution_id");--> statement-breakpoint
CREATE INDEX "search_use_terms_solution" ON "search_use_terms" USING btree ("solution_id");--> statement-breakpoint
call protect_workspace_table('search_collections'::regclass, 'select, insert, update, delete');--> statement-breakpoint
call protect_workspace_table('search_postings'::regclass, 'select, insert, update, delete');--> statement-breakpoint
call protect_workspace_table('search_uses'::regclass, 'select, insert, update, delete');--> statement-breakpoint
call protect_workspace_table('search_use_terms'::regclass, 'select, insert, update, delete');
