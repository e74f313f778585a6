CREATE INDEX "answer_feedback_changed" ON "answer_feedback" USING btree ("workspace_id","changed_at");--> statement-breakpoint
CREATE INDEX "incidents_resolved" ON "incidents" USING btree ("workspace_id","resolved_at");--> statement-breakpoint
CREATE INDEX "solution_versions_watched" ON "solution_versions" USING btree ("workspace_id","state","created_at") WHERE state in ('in-review', 'deprecated');--> statement-breakpoint
CREATE INDEX "solutions_created" ON "solutions" USING btree ("workspace_id","kind","created_at");--> statement-breakpoint
CREATE INDEX "success_rates_success" ON "success_rates" USING btree ("workspace_id","success");--> statement-breakpoint
CREATE INDEX "reviews_opened" ON "reviews" USING btree ("workspace_id","opened_at");--> statement-breakpoint
CREATE INDEX "reviews_decided" ON "reviews" USING btree ("workspace_id","decided_at");