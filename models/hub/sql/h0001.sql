-- The hub keeps the log of every corner and gives each row a number; what the log means, the kiosks' own rules
-- say. A kiosk's role may call hello, push and pull, and nothing else: who calls is session_user.

create schema hub;
revoke all on schema hub from public;

create table hub.about (
    id integer primary key default 1 check (id = 1),
    -- Which life of the hub: one that was restored from a backup begins another.
    timeline text not null,
    -- Kiosks that write an older version may send and receive nothing.
    min_schema integer not null default 1,
    made_at timestamptz not null default now()
);

create table hub.feed (
    corner text primary key,
    -- The last number given; its row is locked from the first number of a page to the commit, so that numbers
    -- become visible in their order and a reader who asks for "greater than" never passes one by.
    head bigint not null default 0,
    -- How many erasures there were, here and elsewhere, when it was looked whether this corner knows the people.
    erasures bigint not null default 0,
    -- What the corner's kiosks listen to, told in the greeting: a name that nobody else can guess.
    channel text not null default 'hub_' || replace(gen_random_uuid()::text, '-', '')
);

create table hub.node (
    id text primary key,
    corner text not null references hub.feed (corner),
    role text not null unique,
    name text not null,
    may_erase boolean not null default true,
    enrolled_at timestamptz not null default now(),
    -- The kiosk that has used the enrolment: another one is refused.
    kiosk_id text,
    joined_at timestamptz,
    -- May send what it still has, and receives nothing.
    revoked_at timestamptz,
    -- May do nothing.
    refused_at timestamptz,
    wiped_at timestamptz,
    last_seen timestamptz,
    app_version text,
    schema_v integer,
    pending integer,
    oldest_pending timestamptz,
    refused integer,
    skew_ms integer,
    -- What it has received, by the feed's numbers.
    pulled bigint not null default 0,
    -- How the corner reckons: the numbers of its settings, as JSON.
    policy text
);
create index node_of_corner on hub.node (corner);

create table hub.change (
    corner text not null,
    hub_seq bigint not null,
    id text not null,
    origin text not null,
    seq bigint not null,
    hlc bigint not null,
    stamp bigint not null,
    kind text not null,
    entity text not null,
    entity_id text not null,
    subject text,
    -- Text, byte for byte: jsonb would order it anew and refuse some of it.
    body text not null,
    actor text not null,
    schema_v integer not null,
    redacted integer not null,
    salt text not null,
    digest text not null,
    chain text not null,
    sent_by text not null,
    received_at timestamptz not null default clock_timestamp(),
    primary key (corner, hub_seq),
    constraint change_once unique (corner, id)
);

create table hub.erased (
    corner text not null,
    person_id text not null,
    hub_seq bigint not null,
    at timestamptz not null default clock_timestamp(),
    primary key (corner, person_id)
);

create table hub.quarantine (
    n bigserial primary key,
    corner text not null,
    id text not null,
    sent_by text not null,
    at timestamptz not null default clock_timestamp(),
    why text not null,
    -- Whom it is about.
    person_id text,
    sent text not null
);
create index quarantine_of_row on hub.quarantine (corner, id);

-- A second fence: whoever gets at a table by a mistake in its rights sees no row of it.
alter table hub.about enable row level security;
alter table hub.feed enable row level security;
alter table hub.node enable row level security;
alter table hub.change enable row level security;
alter table hub.erased enable row level security;
alter table hub.quarantine enable row level security;

create function hub.now_ms() returns bigint language sql volatile set search_path = hub, pg_temp as
$$ select (extract(epoch from clock_timestamp()) * 1000)::bigint $$;

-- A number that somebody says, from 0 to a greatest one; null where they say none.
create function hub.bounded(said text, most bigint) returns bigint language plpgsql immutable strict as $$
begin
    return least(greatest(said::numeric, 0), most)::bigint;
exception when others then
    return null;
end
$$;

-- Whose role calls; or which kiosk it is whose stick was carried to whoever owns the hub, and may do all of this
-- anyway. Raises HUB01 for a role that is no kiosk's, HUB02 for one that may do nothing any more.
create function hub.me() returns hub.node language plpgsql stable set search_path = hub, pg_temp as $$
declare
    found_node hub.node;
begin
    select * into found_node from hub.node where role = case
        when pg_has_role(session_user, (select nspowner from pg_namespace where nspname = 'hub'), 'member')
            then current_setting('hub.carried_from', true)
        else session_user
    end;
    if not found then
        raise exception 'no kiosk' using errcode = 'HUB01';
    end if;
    if found_node.refused_at is not null or found_node.wiped_at is not null then
        raise exception 'revoked' using errcode = 'HUB02';
    end if;
    return found_node;
end
$$;

-- Both sides say who they are and what o'clock it is. Raises HUB03 where another kiosk uses this enrolment.
create function hub.hello(said text) returns text language plpgsql security definer
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
    void := kiosk ->> 'timeline' = known.timeline and at_seq > 0 and kiosk ->> 'known_id' <> '' and not exists (
        select 1 from hub.change c
        where c.corner = who.corner and c.hub_seq = at_seq and c.id = kiosk ->> 'known_id'
    );
    perform hub.spread(who.corner);
    select * into feed from hub.feed where corner = who.corner;
    if hub.bounded(kiosk ->> 'sent', 2147483647) > 0 then
        -- The others are told here and not with the page: whoever tells holds up everybody else who does until
        -- the end of the transaction, and that of a page waits for the disk.
        perform pg_notify(feed.channel, feed.head::text);
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

-- A page of rows into a corner's feed: each id once, numbered in the order of the page. Answers for every row
-- [id, number, stamp, why it is refused].
create function hub.put(corner_ text, node_id text, page text, may_erase boolean) returns text
language plpgsql set search_path = hub, pg_temp
-- The plan is kept for as long as a connection lives: it must not be one for a table that is still small.
set enable_seqscan = off as $$
declare
    top bigint;
    ahead bigint;
    added integer;
    answers text;
begin
    select head into top from hub.feed where corner = corner_ for update;
    -- How far a kiosk's clock may be ahead: five minutes.
    ahead := (hub.now_ms() + 300000) << 16;
    with sent as materialized (
        select * from rows from (json_to_recordset(page::json) as (
            id text, origin text, seq bigint, hlc bigint, kind text, entity text, entity_id text, subject text,
            body text, actor text, schema_v integer, redacted integer, salt text, digest text, chain text,
            stamp bigint, hub_seq bigint
        )) with ordinality as r (
            id, origin, seq, hlc, kind, entity, entity_id, subject, body, actor, schema_v, redacted, salt,
            digest, chain, stamp, hub_seq, place
        )
    ),
    -- The rows are wide: what is decided about them is kept apart from them.
    judged as materialized (
        select sent.place, sent.id, known.hub_seq as known,
            hub.whose(sent.subject, sent.entity, sent.entity_id) as person_id,
            coalesce(known.stamp, least(coalesce(sent.stamp, sent.hlc), ahead)) as stamp,
            case
                -- What no kiosk would take in must not come to stand in anybody's way.
                when sent.id !~ '^[0-9a-f]{32}$' or length(sent.origin) not between 1 and 32
                    or length(sent.subject) > 32 or least(sent.seq, sent.hlc, sent.schema_v, sent.stamp) < 0
                    or sent.redacted not in (0, 1) or (sent.redacted = 1 and sent.body || sent.salt <> '')
                    or length(sent.body) > 1000000
                    or greatest(
                        length(sent.kind), length(sent.entity), length(sent.entity_id), length(sent.actor),
                        length(sent.salt), length(sent.digest), length(sent.chain)
                    ) > 200
                    then 'unreadable'
                when known.chain <> sent.chain then 'other_content'
                when sent.redacted = 0
                    and sent.digest <> encode(sha256(convert_to(sent.salt || E'\x1f' || sent.body, 'UTF8')), 'hex')
                    then 'changed'
                -- Whoever brings it: what counts is whose it is. One that the hub does not know is the bringer's.
                when sent.kind = 'participant.erased' and not coalesce((
                    select n.may_erase from hub.node n where n.corner = corner_ and n.kiosk_id = sent.origin limit 1
                ), may_erase) then 'may_not_erase'
            end as why
        from sent left join lateral (
            select c.hub_seq, c.stamp, c.chain from hub.change c
            where c.corner = corner_ and c.id = sent.id limit 1
        ) known on true
    ),
    -- Of whoever has been erased, here or elsewhere, nothing comes in that names or describes them.
    gone as materialized (
        select place from judged join sent using (place) where redacted = 0 and not hub.stays(kind) and (
            person_id in (select e.person_id from hub.erased e)
            or person_id in (
                select o.entity_id from sent o join judged j using (place)
                where o.kind = 'participant.erased' and j.why is null
            )
        )
    ),
    fresh as materialized (
        select judged.place, stamp, gone.place is not null as gone,
            top + row_number() over (order by judged.place) as number
        from judged left join gone on gone.place = judged.place
        where known is null and why is null
    ),
    put as (
        insert into hub.change (
            corner, hub_seq, id, origin, seq, hlc, stamp, kind, entity, entity_id, subject, body, actor,
            schema_v, redacted, salt, digest, chain, sent_by
        )
        select corner_, fresh.number, id, origin, seq, hlc, fresh.stamp, kind, entity, entity_id, subject,
            case when gone then '' else body end, actor, schema_v, case when gone then 1 else redacted end,
            case when gone then '' else salt end, digest, chain, node_id
        from sent join fresh using (place) order by place
        returning 1
    ),
    kept as (
        insert into hub.quarantine (corner, id, sent_by, why, person_id, sent)
        select corner_, left(judged.id, 64), node_id, judged.why, person_id, left(row_to_json(sent)::text, 20000)
        from judged join sent using (place)
        where judged.why is not null and place not in (select gone.place from gone) and not exists (
            select 1 from hub.quarantine q
            where q.corner = corner_ and q.id = judged.id and q.sent_by = node_id and q.why = judged.why
        )
        returning 1
    )
    select
        json_agg(json_build_array(
            judged.id, case when judged.why is null then coalesce(judged.known, fresh.number) end,
            judged.stamp, judged.why
        ) order by judged.place)::text,
        (select count(*) from put)
    into answers, added
    from judged left join fresh using (place);
    if added > 0 then
        update hub.feed set head = top + added where corner = corner_;
        perform hub.erase_in(corner_, top);
    end if;
    return coalesce(answers, '[]');
end
$$;

-- Rows of a kiosk. Raises HUB04 where its numbers are of another life of the hub.
create function hub.push(timeline_ text, page text) returns text language plpgsql security definer
set search_path = hub, pg_temp as $$
declare
    who hub.node := hub.me();
begin
    perform 1 from hub.about where timeline = timeline_;
    if not found then
        raise exception 'timeline' using errcode = 'HUB04';
    end if;
    return hub.put(who.corner, who.id, page, who.may_erase);
end
$$;

-- Rows of the corner with numbers greater than one, in their order. Raises HUB04 where the number is of another
-- life of the hub, HUB05 where the kiosk is revoked.
create function hub.pull(timeline_ text, after bigint, most integer) returns table (
    id text, origin text, seq bigint, hlc bigint, kind text, entity text, entity_id text, subject text,
    body text, actor text, schema_v integer, redacted integer, salt text, digest text, chain text,
    stamp bigint, hub_seq bigint
) language plpgsql security definer set search_path = hub, pg_temp as $$
declare
    who hub.node := hub.me();
begin
    perform 1 from hub.about a join hub.feed f on f.corner = who.corner
    where a.timeline = timeline_ and f.head >= after;
    if not found then
        raise exception 'timeline' using errcode = 'HUB04';
    end if;
    if who.revoked_at is not null then
        raise exception 'revoked' using errcode = 'HUB05';
    end if;
    return query
    select c.id, c.origin, c.seq, c.hlc, c.kind, c.entity, c.entity_id, c.subject, c.body, c.actor, c.schema_v,
        c.redacted, c.salt, c.digest, c.chain, c.stamp, c.hub_seq
    from hub.change c where c.corner = who.corner and c.hub_seq > after order by c.hub_seq limit most;
end
$$;

revoke all on all tables in schema hub from public;
revoke all on all functions in schema hub from public;
