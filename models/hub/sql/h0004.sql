-- As before, but that the pause follows from what it is for. Whoever has the turn wakes every line of the database,
-- whatever it listens to: so the pause grows with their number, up to half a second for 750 of them, and two kiosks wait
-- 20 ms for one another and not 40. And a corner is told once more for 0.2 s, not for 0.5: each time more than needed
-- woke all of its kiosks for nothing.
--
-- A kiosk's transaction ends as its kiosk likes, or never. So nothing is written here that another would have to wait
-- for, or would take for told when it is taken back. The worst that a kiosk can do is that the others look by
-- themselves, as they do every five seconds.
create or replace function hub.tell_all(corner_ text) returns void language plpgsql set search_path = hub, pg_temp as $$
declare
    turn constant bigint := 7310579660;
    woken_a_second constant bigint := 1500;
    pause bigint;
    -- How long after their page somebody may rely on whoever has the turn.
    late constant interval := '200 milliseconds';
    before bigint;
begin
    -- Somebody holds words back: all who listen look by themselves, and nobody's greeting fails.
    if pg_notification_queue_usage() > 0.5 then
        return;
    end if;
    if pg_try_advisory_lock(turn) then
        begin
            select greatest(20, least(500, pg_stat_get_db_numbackends(oid) * 1000 / woken_a_second)) into pause
            from pg_database where datname = current_database();
            select last_value into before from hub.told_at;
            perform pg_sleep(least(pause, greatest(0, pause - (hub.now_ms() - before))) / 1000.0);
            perform setval('hub.told_at', hub.now_ms());
            perform pg_advisory_unlock(turn);
        exception when query_canceled or others then
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

-- Two parts of older functions, as they stand there.
do $$
declare
    -- One look into an index for each row: a list of some hundred thousand erased people is gone through otherwise.
    listed constant text := 'person_id in (select e.person_id from hub.erased e)';
    looked_up constant text :=
        'coalesce((select true from hub.erased e where e.person_id = judged.person_id limit 1), false)';
    told constant text := 'from hub.feed where corner = corner_;
end';
    told_if_heard constant text := 'from hub.feed where corner = corner_ and pg_notification_queue_usage() < 0.5;
end';
begin
    execute replace(pg_get_functiondef('hub.put(text, text, text, boolean)'::regprocedure), listed, looked_up);
    execute replace(pg_get_functiondef('hub.tell(text, text[])'::regprocedure), told, told_if_heard);
end
$$;
