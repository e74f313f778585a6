ALTER TABLE "run_steps" ADD COLUMN "retry" jsonb;--> statement-breakpoint
ALTER TABLE "run_steps" ADD COLUMN "tries" jsonb DEFAULT '[]'::jsonb NOT NULL;