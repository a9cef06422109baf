-- Tell a corner, and each other whose feed has just grown; a kiosk passes over a number that it has. Whoever calls
-- has committed what is to be told.
create or replace function hub.tell_all(corner_ text) returns void language plpgsql set search_path = hub, pg_temp as $$
declare
    turn constant bigint := 7310579660;
    pause constant bigint := 40;
    -- How long after their page somebody may rely on whoever has the turn.
    late constant interval := '500 milliseconds';
    before bigint;
begin
    if pg_try_advisory_lock(turn) then
        begin
            select last_value into before from hub.told_at;
            perform pg_sleep(least(pause, greatest(0, pause - (hub.now_ms() - before))) / 1000.0);
            perform setval('hub.told_at', hub.now_ms());
            perform pg_advisory_unlock(turn);
        exception when query_canceled then
            perform pg_advisory_unlock(turn);
            raise;
        end;
        perform pg_notify(channel, head::text) from hub.feed
        where corner = corner_ or grown_at > to_timestamp(before / 1000.0) - late;
        return;
    end if;
    select last_value into before from hub.told_at;
    -- Whoever has the turn looks at the feeds after this, but for one who keeps it.
    perform pg_notify(channel, head::text) from hub.feed
    where corner = corner_ and (hub.now_ms() - before > 1000 or grown_at < clock_timestamp() - late);
end
$$;
