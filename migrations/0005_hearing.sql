CREATE TABLE "answers" (
	"workspace_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"message" text NOT NULL,
	"post_id" uuid NOT NULL,
	"text_at" timestamp with time zone NOT NULL,
	"incident_id" uuid,
	CONSTRAINT "answers_workspace_id_channel_message_pk" PRIMARY KEY("workspace_id","channel","message")
);
--> statement-breakpoint
CREATE TABLE "channel_settings" (
	"workspace_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"mode" text,
	"quiet" jsonb,
	CONSTRAINT "channel_settings_workspace_id_channel_pk" PRIMARY KEY("workspace_id","channel")
);
--> statement-breakpoint
CREATE TABLE "role_bindings" (
	"workspace_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"external_id" text NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "role_bindings_workspace_id_kind_external_id_pk" PRIMARY KEY("workspace_id","kind","external_id")
);
--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "standing" text DEFAULT 'member' NOT NULL;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "groups" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "answers" ADD CONSTRAINT "answers_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answers" ADD CONSTRAINT "answers_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_settings" ADD CONSTRAINT "channel_settings_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_bindings" ADD CONSTRAINT "role_bindings_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "answers_incident" ON "answers" USING btree ("workspace_id","incident_id");--> statement-breakpoint
CREATE INDEX "incidents_opened" ON "incidents" USING btree ("workspace_id","channel","opened_at");--> statement-breakpoint
call protect_workspace_table('answers'::regclass, 'select, insert, update, delete');--> statement-breakpoint
call protect_workspace_table('channel_settings'::regclass, 'select, insert, update, delete');--> statement-breakpoint
call protect_workspace_table('role_bindings'::regclass, 'select, insert, update, delete');
