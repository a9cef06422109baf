-- What coordinators see: whatever `kiosk hub fold` has worked out of the corners' feeds by the kiosks' own rules.
-- Nothing of it is of a person; what could tell a few of them has been left out before it came here.

create table hub.coordinator (
    role text primary key,
    name text not null,
    enrolled_at timestamptz not null default now()
);

create table hub.told_corner (
    corner text primary key references hub.feed (corner),
    -- The first month of which anything may be told.
    since date not null,
    -- Things of which two kiosks say different things.
    conflicts integer not null,
    folded_at timestamptz not null
);

create table hub.told_day (
    corner text not null,
    day date not null,
    planned integer not null,
    over integer not null,
    closed integer not null,
    -- What the corner adds to the people of the network; only sums of several corners leave.
    people integer not null,
    primary key (corner, day)
);
create index told_day_of_all on hub.told_day (day);

create table hub.told_people (
    day date primary key,
    people integer not null
);

create table hub.told_month (
    corner text not null,
    first date not null,
    -- Whether every kiosk has told everything of it; else the figures are the least.
    whole boolean not null,
    -- A JSON list of figures; null where one is hidden.
    figures text not null,
    primary key (corner, first)
);

alter table hub.coordinator enable row level security;
alter table hub.told_corner enable row level security;
alter table hub.told_day enable row level security;
alter table hub.told_people enable row level security;
alter table hub.told_month enable row level security;

-- Everything of some days, for coordinators. Raises HUB01 for a role that is no coordinator's.
create function hub.network(first_ date, last_ date) returns text language plpgsql stable security definer
set search_path = hub, pg_temp as $$
begin
    perform 1 from hub.coordinator where role = session_user;
    if not found then
        raise exception 'no coordinator' using errcode = 'HUB01';
    end if;
    return json_build_object(
        'at', clock_timestamp(),
        'corners', (
            select coalesce(json_agg(json_build_object(
                'corner', f.corner, 'since', t.since, 'conflicts', t.conflicts, 'folded_at', t.folded_at,
                'kiosks', (
                    select json_agg(json_build_object(
                        'name', n.name, 'last_seen', n.last_seen, 'version', n.app_version,
                        'pending', n.pending, 'skew_ms', n.skew_ms, 'refused', n.refused,
                        'revoked', n.revoked_at is not null or n.wiped_at is not null
                    ) order by n.name, n.id)
                    from hub.node n where n.corner = f.corner
                )
            ) order by f.corner), '[]')
            from hub.feed f left join hub.told_corner t on t.corner = f.corner
            where exists (select 1 from hub.node n where n.corner = f.corner)
        ),
        'days', (
            select coalesce(json_agg(json_build_array(corner, day, planned, over, closed)), '[]')
            from hub.told_day where day between first_ and last_
        ),
        'people', (
            select coalesce(json_agg(json_build_array(day, people)), '[]')
            from hub.told_people where day between first_ and last_
        ),
        'months', (
            select coalesce(json_agg(json_build_array(corner, first, whole, figures::json)), '[]')
            from hub.told_month where first between first_ and last_
        )
    )::text;
end
$$;

revoke all on all tables in schema hub from public;
revoke all on all functions in schema hub from public;
