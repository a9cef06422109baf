-- Erasing a person: bodies go at once, what comes later comes empty, and every corner that knows the person is
-- told by a row in its own feed. Each function wants the feed of its corner to be locked, and touches no other's:
-- a corner learns of an erasure elsewhere when it calls next.

-- Kinds whose bodies stay, of those that are about a person: see STAYS in models/erased.py (a test compares).
create function hub.stays(kind text) returns boolean language sql immutable as $$
    select kind in (
        'participant.erased', 'booking.set', 'attendance.arrived', 'attendance.left', 'attendance.excused',
        'attendance.absent', 'attendance.annulled', 'attendance.settled', 'exception.settled', 'assessment.taken',
        'observation.confirmed', 'observation.withdrawn', 'equipment.lent', 'equipment.returned', 'help.called'
    )
$$;

-- Whom a row is about; null where it is about nobody. Without a path of its own: else each row that is put in would
-- pay for a call.
create function hub.whose(subject text, entity text, entity_id text) returns text language sql immutable as
$$ select coalesce(subject, case when entity = 'participant' then entity_id end) $$;

create index change_of_person on hub.change (hub.whose(subject, entity, entity_id), corner)
    where hub.whose(subject, entity, entity_id) is not null;
create index erased_person on hub.erased (person_id);
create index quarantine_of_person on hub.quarantine (person_id);

-- Empty what a corner's feed says of these people.
create function hub.blank(corner_ text, people text[]) returns void language sql
set search_path = hub, pg_temp as $$
    update hub.change set body = '', salt = '', redacted = 1
    where corner = corner_ and hub.whose(subject, entity, entity_id) = any (people) and redacted = 0
        and not hub.stays(kind);
    delete from hub.quarantine where corner = corner_ and person_id = any (people);
$$;

-- One word of a body; null where it says none, or is none that PostgreSQL can read.
create function hub.said(body text, variadic path text[]) returns text language plpgsql immutable
set search_path = hub, pg_temp as $$
begin
    return body::jsonb #>> path;
exception when others then
    return null;
end
$$;

-- What totals of a corner count a person by, as its kiosks show it: the last write that no other has replaced.
create function hub.audience_of(corner_ text, person text) returns text language sql
set search_path = hub, pg_temp as $$
    with written as (
        select id, stamp, hlc, origin, body from hub.change
        where corner = corner_ and hub.whose(subject, entity, entity_id) = person and kind = 'participant.set'
            and entity_id = person and redacted = 0
    )
    select coalesce((
        select hub.said(body, 'set', 'audience') from written one
        where hub.said(body, 'set', 'audience') is not null and not exists (
            select 1 from written other
            where strpos(coalesce(hub.said(other.body, 'base', 'audience'), ''), '"' || one.id || '"') > 0
        )
        order by stamp desc, hlc desc, origin desc, id desc limit 1
    ), '')
$$;

-- A text of the hub's own in JSON: nothing in it needs more than quotes.
create function hub.quoted(text) returns text language sql immutable as $$ select to_json($1)::text $$;

-- Whether a corner knew somebody whom it has erased: else whoever guesses ids could erase them everywhere.
create function hub.was_known(corner_ text, person text) returns boolean language sql stable
set search_path = hub, pg_temp as $$
    select exists (
        select 1 from hub.change c
        where c.corner = corner_ and hub.whose(c.subject, c.entity, c.entity_id) = person
            and c.kind <> 'participant.erased'
    )
$$;

-- Tell a corner of people who were erased elsewhere. Each row that the hub writes is the first of a chain of its
-- own: a hub that is restored from a backup can not write the same number twice.
create function hub.tell(corner_ text, people text[]) returns void language plpgsql
set search_path = hub, pg_temp as $$
declare
    person text;
    top bigint;
    now_ timestamptz;
    milliseconds bigint;
    hlc_ bigint;
    unique_ text;
    row_id text;
    origin_ text;
    salt_ text;
    body_ text;
    digest_ text;
begin
    select head into top from hub.feed where corner = corner_ for update;
    foreach person in array people loop
        -- Somebody else may have told it while we waited for the feed.
        continue when exists (select 1 from hub.erased h where h.corner = corner_ and h.person_id = person);
        now_ := clock_timestamp();
        milliseconds := (extract(epoch from now_) * 1000)::bigint;
        hlc_ := milliseconds << 16;
        unique_ := replace(gen_random_uuid()::text, '-', '');
        row_id := lpad(to_hex(milliseconds), 12, '0') || '7' || substr(unique_, 14);
        origin_ := 'hub-' || substr(unique_, 1, 28);
        salt_ := replace(gen_random_uuid()::text, '-', '');
        body_ := '{"at":' || hub.quoted(to_char(now_ at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
            || ',"audience":' || hub.quoted(hub.audience_of(corner_, person))
            || ',"merged_into":"","reason":"elsewhere"}';
        digest_ := encode(sha256(convert_to(salt_ || E'\x1f' || body_, 'UTF8')), 'hex');
        top := top + 1;
        insert into hub.change (
            corner, hub_seq, id, origin, seq, hlc, stamp, kind, entity, entity_id, subject, body, actor,
            schema_v, redacted, salt, digest, chain, sent_by
        ) values (
            corner_, top, row_id, origin_, 1, hlc_, hlc_, 'participant.erased', 'participant', person, person,
            body_, 'system', 1, 0, salt_, digest_,
            -- As models.log.link does.
            encode(sha256(convert_to(
                '["' || repeat('0', 64) || '",' || hub.quoted(row_id) || ',' || hub.quoted(origin_) || ',1,' || hlc_
                || ',"participant.erased","participant",' || hub.quoted(person) || ',' || hub.quoted(person)
                || ',"system",1,' || hub.quoted(digest_) || ']', 'UTF8')), 'hex'),
            'hub'
        );
        insert into hub.erased (corner, person_id, hub_seq) values (corner_, person, top);
    end loop;
    perform hub.blank(corner_, people);
    update hub.feed set head = top where corner = corner_;
    perform pg_notify(channel, top::text) from hub.feed where corner = corner_;
end
$$;

-- Look whether anybody whom a corner's feed knows has been erased elsewhere since this was looked at last. Erasures
-- are never taken back: as long as there are as many, they are the same.
create function hub.spread(corner_ text) returns void language plpgsql set search_path = hub, pg_temp as $$
declare
    number bigint := (select count(*) from hub.erased);
    people text[];
begin
    if number = (select erasures from hub.feed where corner = corner_) then
        return;
    end if;
    select array_agg(distinct e.person_id order by e.person_id) into people from hub.erased e
    where hub.was_known(e.corner, e.person_id)
        and not exists (select 1 from hub.erased h where h.corner = corner_ and h.person_id = e.person_id)
        and exists (
            select 1 from hub.change c
            where c.corner = corner_ and hub.whose(c.subject, c.entity, c.entity_id) = e.person_id
        );
    if people is not null then
        perform hub.tell(corner_, people);
    end if;
    update hub.feed set erasures = number where corner = corner_;
end
$$;

-- Whatever has just come into a corner's feed with a number greater than this: what it erases goes, and whoever
-- was erased elsewhere and is known here now goes too.
create function hub.erase_in(corner_ text, after bigint) returns void language plpgsql
set search_path = hub, pg_temp as $$
declare
    people text[];
begin
    select array_agg(distinct entity_id) into people from hub.change
    where corner = corner_ and hub_seq > after and kind = 'participant.erased' and entity_id <> '';
    if people is not null then
        insert into hub.erased (corner, person_id, hub_seq)
        select corner_, entity_id, min(hub_seq) from hub.change
        where corner = corner_ and hub_seq > after and kind = 'participant.erased' and entity_id <> ''
        group by entity_id
        on conflict do nothing;
        perform hub.blank(corner_, people);
    end if;
    select array_agg(distinct hub.whose(c.subject, c.entity, c.entity_id)) into people from hub.change c
    where c.corner = corner_ and c.hub_seq > after
        and hub.whose(c.subject, c.entity, c.entity_id) in (
            select e.person_id from hub.erased e where hub.was_known(e.corner, e.person_id)
        )
        and not exists (
            select 1 from hub.erased h
            where h.corner = corner_ and h.person_id = hub.whose(c.subject, c.entity, c.entity_id)
        );
    if people is not null then
        perform hub.tell(corner_, people);
    end if;
end
$$;

revoke all on all functions in schema hub from public;
