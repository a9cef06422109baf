-- Telling the corners together. For each transaction that tells, PostgreSQL wakes everybody in the database who
-- listens to anything: with a hundred kiosks that costs more than all the rest. So whoever has something to tell
-- tells for everybody who has, twenty-five times a second at most; where little happens nobody waits.
--
-- A kiosk's transaction ends as its kiosk likes, or never. So nothing is written here that another would have to
-- wait for, or would take for told when it is taken back. The worst that a kiosk can do by keeping the turn is that
-- the others look by themselves, as they do every five seconds.

alter table hub.feed add column grown_at timestamptz not null default clock_timestamp();
create index feed_grown on hub.feed (grown_at);

create function hub.grow() returns trigger language plpgsql set search_path = hub, pg_temp as $$
begin
    new.grown_at := clock_timestamp();
    return new;
end
$$;
create trigger grow before update of head on hub.feed for each row execute function hub.grow();

-- When corners were last told, in milliseconds since 1970: a sequence is seen at once, and locks nobody out.
create sequence hub.told_at;

-- Both sides say who they are and what o'clock it is. Raises HUB03 where another kiosk uses this enrolment.
create or replace function hub.hello(said text) returns text language plpgsql security definer
set search_path = hub, pg_temp as $$
declare
    who hub.node := hub.me();
    kiosk json := said::json;
    -- Whatever a kiosk says of itself is taken within bounds: others read it.
    called text := left(kiosk ->> 'kiosk', 32);
    now_ bigint := hub.bounded(kiosk ->> 'now', 4102444800000);
    known hub.about;
    feed hub.feed;
    before bigint;
    at_seq bigint;
    void boolean;
    carried boolean := coalesce((kiosk ->> 'carried')::boolean, false);
    -- What was carried here says how things were when it was written.
    at_ timestamptz := case
        when carried then least(to_timestamp(now_ / 1000.0), clock_timestamp())
        else clock_timestamp()
    end;
begin
    if called is null or (who.kiosk_id is not null and who.kiosk_id <> called
        and who.kiosk_id is distinct from (kiosk ->> 'was')) then
        raise exception 'another kiosk' using errcode = 'HUB03';
    end if;
    if (kiosk ->> 'wiped')::boolean and who.revoked_at is not null then
        update hub.node set wiped_at = clock_timestamp() where id = who.id;
        return 'farewell';
    end if;
    select * into known from hub.about;
    select * into feed from hub.feed where corner = who.corner;
    before := feed.head;
    update hub.node set
        kiosk_id = called,
        joined_at = coalesce(joined_at, at_),
        last_seen = at_,
        app_version = left(kiosk ->> 'app', 40),
        schema_v = hub.bounded(kiosk ->> 'schema', 1000000),
        pending = hub.bounded(kiosk ->> 'pending', 2147483647),
        oldest_pending = to_timestamp(hub.bounded(kiosk ->> 'oldest', 4102444800000) / 1000.0),
        refused = hub.bounded(kiosk ->> 'refused', 2147483647),
        skew_ms = case
            when carried then skew_ms
            else least(greatest(now_ - hub.now_ms(), -2147483648), 2147483647)
        end,
        pulled = case
            when kiosk ->> 'timeline' = known.timeline then coalesce(hub.bounded(kiosk ->> 'pulled', before), 0)
            else 0
        end,
        policy = left(kiosk ->> 'policy', 4000)
    -- A stick that lay in a drawer tells nothing that is not known better.
    where id = who.id and (not carried or last_seen is null or last_seen < at_);
    -- The greatest number that the kiosk knows: where it is another row's, this hub comes from a backup and has
    -- given it once more since, whether or not anybody has said so.
    at_seq := hub.bounded(kiosk ->> 'known', 9007199254740991);
    void := kiosk ->> 'timeline' = known.timeline and (
        at_seq > 0 and kiosk ->> 'known_id' <> '' and not exists (
            select 1 from hub.change c
            where c.corner = who.corner and c.hub_seq = at_seq and c.id = kiosk ->> 'known_id'
        )
        -- Somebody who has all rows may have offered them in another order, and the last is where it was.
        or exists (
            select 1 from json_array_elements(
                case when json_typeof(kiosk -> 'samples') = 'array' then kiosk -> 'samples' else '[]' end
            ) with ordinality as sample (pair, place)
            where place <= 16 and not exists (
                select 1 from hub.change c where c.corner = who.corner
                    and c.hub_seq = hub.bounded(pair ->> 0, 9007199254740991) and c.id = pair ->> 1
            )
        )
    );
    perform hub.spread(who.corner);
    select * into feed from hub.feed where corner = who.corner;
    if hub.bounded(kiosk ->> 'sent', 2147483647) > 0 then
        -- The others are told here and not with the page: whoever tells holds up everybody else who does until
        -- the end of the transaction, and that of a page waits for the disk.
        perform hub.tell_all(who.corner);
    end if;
    if feed.head = before then
        -- No number was given: what a greeting leaves behind may be lost with the power, the next one says it
        -- again, and nobody waits for the disk.
        perform set_config('synchronous_commit', 'off', true);
    end if;
    return json_build_object(
        'timeline', known.timeline, 'min_schema', known.min_schema, 'head', feed.head, 'now', hub.now_ms(),
        'corner', who.corner, 'channel', feed.channel, 'revoked', who.revoked_at is not null,
        'may_erase', who.may_erase, 'void', coalesce(void, false)
    )::text;
end
$$;

revoke all on sequence hub.told_at from public;
revoke all on all functions in schema hub from public;
