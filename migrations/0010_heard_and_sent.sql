CREATE TABLE "reactions" (
	"workspace_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"message_id" text NOT NULL,
	"person_external_id" text NOT NULL,
	"emoji" text NOT NULL,
	"change" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "reactions_pk" PRIMARY KEY("workspace_id","channel","message_id","person_external_id","emoji")
);
--> statement-breakpoint
ALTER TABLE "outbox_channels" ADD COLUMN "edit_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox_channels" ADD COLUMN "progress_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "tried_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "seen_at" timestamp with time zone DEFAULT 'epoch' NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "started_by" uuid;--> statement-breakpoint
-- Forced row-level security would hide every row from an owner who is no superuser.
ALTER TABLE "runs" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE "runs" SET "started_by" = "requested_by";--> statement-breakpoint
ALTER TABLE "runs" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "runs" ALTER COLUMN "started_by" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "reactions" ADD CONSTRAINT "reactions_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reactions_at" ON "reactions" USING btree ("workspace_id","at");--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_started_by_people_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "inbox_received" ON "inbox" USING btree ("workspace_id","received_at");--> statement-breakpoint
CREATE INDEX "inbox_thread" ON "inbox" USING btree ("workspace_id","lane");--> statement-breakpoint
call protect_workspace_table('reactions'::regclass, 'select, insert, update, delete');
