ALTER TABLE "workspaces" ADD COLUMN "installation" text;--> statement-breakpoint
ALTER TABLE "workspaces" ADD COLUMN "installation_at" timestamp with time zone;