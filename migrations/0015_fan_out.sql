ALTER TABLE "run_steps" DROP CONSTRAINT "run_steps_attempt";--> statement-breakpoint
ALTER TABLE "run_steps" ADD COLUMN "fan_out" jsonb;--> statement-breakpoint
ALTER TABLE "run_steps" ADD COLUMN "part_of" uuid;--> statement-breakpoint
ALTER TABLE "run_steps" ADD CONSTRAINT "run_steps_part_of_run_steps_id_fk" FOREIGN KEY ("part_of") REFERENCES "public"."run_steps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "run_steps_attempt" ON "run_steps" USING btree ("run_id","position","attempt") WHERE part_of is null;--> statement-breakpoint
CREATE UNIQUE INDEX "run_steps_part" ON "run_steps" USING btree ("run_id","part_of","host_id") WHERE part_of is not null;
