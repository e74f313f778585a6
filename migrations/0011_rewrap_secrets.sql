-- A version of a secret is still only added or taken away. Its envelope may be replaced, when the key-encryption key is.
grant update (kek_id, wrapped_key, sealed) on secrets to recourse_app;
