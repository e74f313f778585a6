CREATE TABLE "outbox_channels" (
	"workspace_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"holder" text,
	"free_at" timestamp with time zone DEFAULT now() NOT NULL,
	"post_at" timestamp with time zone DEFAULT now() NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "outbox_channels_workspace_id_channel_pk" PRIMARY KEY("workspace_id","channel")
);
--> statement-breakpoint
CREATE TABLE "secrets" (
	"workspace_id" uuid NOT NULL,
	"name" text NOT NULL,
	"version" integer NOT NULL,
	"id" uuid NOT NULL,
	"kek_id" text NOT NULL,
	"wrapped_key" text NOT NULL,
	"sealed" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "secrets_workspace_id_name_version_pk" PRIMARY KEY("workspace_id","name","version")
);
--> statement-breakpoint
DROP INDEX "posts_due";--> statement-breakpoint
-- What waited before there were lanes is one lane: it is handled in the order it came.
ALTER TABLE "inbox" ADD COLUMN "lane" text NOT NULL DEFAULT '';--> statement-breakpoint
ALTER TABLE "inbox" ALTER COLUMN "lane" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "waiting_since" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "failed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "outbox_channels" ADD CONSTRAINT "outbox_channels_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "secrets" ADD CONSTRAINT "secrets_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "inbox_lane" ON "inbox" USING btree ("workspace_id","lane","received_at") WHERE state = 'received';--> statement-breakpoint
CREATE INDEX "inbox_dead" ON "inbox" USING btree ("workspace_id","received_at") WHERE state = 'dead';--> statement-breakpoint
CREATE INDEX "posts_waiting" ON "posts" USING btree ("workspace_id","channel","urgency","id") WHERE sent_revision < revision and not dead;--> statement-breakpoint
CREATE INDEX "posts_unsent" ON "posts" USING btree ("workspace_id","channel",coalesce(thread, ''),"id") WHERE sent_revision < revision and not dead and external_id is null and only_for is null;--> statement-breakpoint
CREATE INDEX "posts_dead" ON "posts" USING btree ("workspace_id","failed_at") WHERE dead;--> statement-breakpoint
call protect_workspace_table('outbox_channels'::regclass, 'select, insert, update, delete');--> statement-breakpoint
-- A version of a secret is never changed, only added or taken away.
call protect_workspace_table('secrets'::regclass, 'select, insert, delete');
