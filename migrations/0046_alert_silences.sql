-- Those that are acknowledged are few at any time, and are looked through every few seconds for what is silenced no more.
CREATE INDEX "alert_states_acknowledged" ON "alert_states" USING btree ("workspace_id","source") WHERE rank = 1;
