CREATE TABLE "alert_signals" (
	"recommendation_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"resolved" boolean NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "comments" ADD COLUMN "report" jsonb;--> statement-breakpoint
ALTER TABLE "solution_versions" ADD COLUMN "deprecated_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "solution_versions" ADD COLUMN "revived_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "success_rates" ADD COLUMN "elsewhere" double precision DEFAULT 0.5 NOT NULL;--> statement-breakpoint
ALTER TABLE "success_rates" ADD COLUMN "places" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "success_rates" ADD COLUMN "recommended" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "success_rates" ADD COLUMN "reused" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "success_rates" ADD COLUMN "last_used_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "success_rates" ADD COLUMN "resolves_in_ms" double precision;--> statement-breakpoint
ALTER TABLE "success_rates" ADD COLUMN "confidence" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "success_rates" ADD COLUMN "quality" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "alert_signals" ADD CONSTRAINT "alert_signals_recommendation_id_recommendations_id_fk" FOREIGN KEY ("recommendation_id") REFERENCES "public"."recommendations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_signals" ADD CONSTRAINT "alert_signals_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
call protect_workspace_table('alert_signals'::regclass, 'select, insert, update, delete');
