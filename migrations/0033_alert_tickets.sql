CREATE TABLE "alert_tickets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"incident_id" uuid NOT NULL,
	"source" text NOT NULL,
	"key" text NOT NULL,
	"ticket" jsonb NOT NULL,
	"action" text NOT NULL,
	"note" text NOT NULL,
	"for_ms" integer,
	"person_id" uuid,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"settled_at" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"leased_until" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "alert_tickets" ADD CONSTRAINT "alert_tickets_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_tickets" ADD CONSTRAINT "alert_tickets_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alert_tickets_due" ON "alert_tickets" USING btree ("workspace_id","due_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "alert_tickets_incident" ON "alert_tickets" USING btree ("workspace_id","incident_id");--> statement-breakpoint
CREATE UNIQUE INDEX "alert_tickets_waiting" ON "alert_tickets" USING btree ("workspace_id","source","key","action") WHERE state = 'waiting' and action <> 'comment';--> statement-breakpoint
call protect_workspace_table('alert_tickets'::regclass, 'select, insert, update, delete');
