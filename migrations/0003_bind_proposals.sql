ALTER TABLE "recommendations" ADD COLUMN "verdict_post_id" uuid;--> statement-breakpoint
-- A step that was proposed before bindings were kept has none that could match: its card asks to propose it again.
ALTER TABLE "run_steps" ADD COLUMN "binding" text NOT NULL DEFAULT '';--> statement-breakpoint
ALTER TABLE "run_steps" ALTER COLUMN "binding" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "runs" DROP COLUMN "verdict_post_id";
