-- Telling the corners together. For each transaction that tells, PostgreSQL wakes everybody in the database who
-- listens to anything: with a hundred kiosks that costs more than all the rest. So whoever has something to tell
-- tells for everybody who has, twenty-five times a second at most; where little happens nobody waits.
--
-- A kiosk's transaction ends when the kiosk likes. So what is kept here is kept in sequences, which are seen at once
-- and lock nobody out; and of one who takes the turn and keeps it, the others become aware.

-- When corners were last told, in milliseconds since 1970; and up to which number each of them.
create sequence hub.told_at;
alter table hub.feed add column told regclass;

create function hub.make_told() returns trigger language plpgsql set search_path = hub, pg_temp as $$
begin
    execute format('create sequence hub.%I', 'told_' || new.channel);
    new.told := format('hub.%I', 'told_' || new.channel)::regclass;
    return new;
end
$$;
create trigger make_told before insert on hub.feed for each row execute function hub.make_told();

do $$
declare
    known hub.feed;
begin
    for known in select * from hub.feed loop
        execute format('create sequence hub.%I', 'told_' || known.channel);
        update hub.feed set told = format('hub.%I', 'told_' || known.channel)::regclass where corner = known.corner;
    end loop;
end
$$;

-- Tell each corner whose feed has grown since it was told. Whoever calls has committed what is to be told.
create function hub.tell_all() returns void language plpgsql set search_path = hub, pg_temp as $$
declare
    turn constant bigint := 7310579660;
    pause constant bigint := 40;
    before bigint;
    grown hub.feed;
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
    else
        -- Whoever has the turn looks at the feeds after this.
        select last_value into before from hub.told_at;
        if hub.now_ms() - before < 1000 then
            return;
        end if;
    end if;
    for grown in select * from hub.feed where head > 0 and head is distinct from pg_sequence_last_value(told) loop
        perform setval(grown.told, grown.head);
        perform pg_notify(grown.channel, grown.head::text);
    end loop;
end
$$;

revoke all on all sequences in schema hub from public;
revoke all on all functions in schema hub from public;

do $$
declare
    before constant text := 'perform pg_notify(feed.channel, feed.head::text);';
    source constant text := pg_get_functiondef('hub.hello(text)'::regprocedure);
begin
    if strpos(source, before) = 0 then
        raise exception 'hub.hello is another';
    end if;
    execute replace(source, before, 'perform hub.tell_all();');
end
$$;
