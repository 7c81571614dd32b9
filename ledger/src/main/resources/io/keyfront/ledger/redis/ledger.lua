-- The rules of an account, as io.keyfront.core.ledger.Account states them: a property test runs
-- the same commands on both. One call of this script carries a batch of commands, on any accounts
-- whose keys are in one slot; every account that they touch is read once and written once.
--
-- KEYS     the state key of each account: kf:{kind:id}. From it are derived, in the same slot,
--            <key>:h  hash  call -> what it holds       <key>:l  zset  call -> end of its lease
--            <key>:e  zset  ended call -> when its id is forgotten
--            <key>:w  hash  swept call -> what it was charged
--            <key>:s  string  what is known of a loss of data, where there was one
-- ARGV[1]  the batch, little-endian: doubles "clock, lease, memory, epoch", a 16-bit count, the
--          index of the account of everything or 0, then the commands. The clock is 0 for the server's own; only tests give another. The epoch
--          is another one when the server is: what was written before may lack something.
-- Answer   the clock, then one answer for each command; all little-endian doubles.
--
-- Moments and times are microseconds. All numbers are integers of at most 2^53 - 1, where doubles
-- are exact; they are stored as packed doubles, so none is ever printed with an exponent. Nothing
-- is written before all commands are decided: a script that fails has changed nothing.

local MOST = 9007199254740991
local MINUTE, HOUR, DAY, WEEK = 6e7, 3.6e9, 8.64e10, 6.048e11
local MOST_UNITS = 1e8
local FOREVER = -1

-- Where an account's state has what. Each window has four: spent USD and tokens, held USD and tokens.
local VERSION, CLOCK, REQUEST_ARRIVAL, TOKEN_ARRIVAL, MONTH_START, MONTH_END = 1, 2, 3, 4, 5, 6
local NEXT_LEASE, NEXT_PRUNE, ENDED_EXPIRY, IN_FLIGHT = 7, 8, 9, 10
local W_TOTAL, W_HOUR, W_DAY, W_WEEK, W_MONTH = 11, 15, 19, 23, 27
local REQUESTS, INPUT, OUTPUT, IN_DOUBT, LAST_USED, OVERRUN = 31, 32, 33, 34, 35, 36
local EPOCH, CREATED, MARKED, SLICES, ENDLESS = 38, 39, 40, 41, 42
local SINCE_REQUESTS, SINCE_TOKENS = 43, 44
local FIELDS, BYTES = 44, 352
-- From an arrival time to how many numbers of its rate follow the state: see L.since. At most.
local TO_SINCE, MOST_SINCE = 40, 16

-- All functions and what they share. Locals would cost 40 us a call: for each that a function
-- uses, Lua searches all that are in use. The numbers above are written into the text when the
-- program loads it, for the same reason.
local L = {
  STATE = '<dddddddddddddddddddddddddddddddddddddddddddd',
  batch = ARGV[1],
  accounts = {},
}

local count
L.now, L.lease, L.memory, L.epoch, count, L.everything, L.position =
  struct.unpack('<ddddHH', L.batch)
if L.now == 0 then
  local time = redis.call('TIME')
  L.now = time[1] * 1000000 + time[2]
end
L.answers = { struct.pack('<d', L.now) }

function L.digits(number)
  return string.format('%.0f', number)
end

-- First day of the month that a day is in, and of the one after, as days since 1970-01-01
-- (proleptic Gregorian calendar; years are counted from March).
function L.month_of(day)
  local z = day + 719468
  local era = math.floor(z / 146097)
  local of_era = z - era * 146097
  local leaps =
    math.floor(of_era / 1460) - math.floor(of_era / 36524) + math.floor(of_era / 146096)
  local year = math.floor((of_era - leaps) / 365)
  local of_year = of_era - (365 * year + math.floor(year / 4) - math.floor(year / 100))
  local from_march = math.floor((5 * of_year + 2) / 153)
  local first = day - (of_year - math.floor((153 * from_march + 2) / 5))
  local length = 31
  if from_march == 11 then
    local y = year + 1
    length = (y % 4 == 0 and (y % 100 ~= 0 or y % 400 == 0)) and 29 or 28
  elseif from_march == 1 or from_march == 3 or from_march == 6 or from_march == 8 then
    length = 30
  end
  return first, first + length
end

-- 1970-01-01 was a Thursday.
function L.week_start(moment)
  return moment - (moment + 3 * DAY) % WEEK
end

function L.clear(state, window)
  state[window], state[window + 1], state[window + 2], state[window + 3] = 0, 0, 0, 0
end

-- Moves the clock and begins the windows that it is in, where others have ended.
function L.roll(state)
  local before = state[CLOCK]
  local clock = math.max(before, L.now)
  state[CLOCK] = clock
  if before - before % HOUR == clock - clock % HOUR then
    return
  end
  L.clear(state, W_HOUR)
  if before - before % DAY ~= clock - clock % DAY then
    L.clear(state, W_DAY)
    if L.week_start(before) ~= L.week_start(clock) then
      L.clear(state, W_WEEK)
    end
  end
  if clock >= state[MONTH_END] then
    local first, after = L.month_of(math.floor(clock / DAY))
    state[MONTH_START], state[MONTH_END] = first * DAY, after * DAY
    L.clear(state, W_MONTH)
  end
end

-- The windows that are still those which a moment was in.
function L.windows_since(state, moment)
  local clock = state[CLOCK]
  local open = {}
  if moment >= 0 then
    open[1] = W_TOTAL
  end
  if moment >= clock - clock % HOUR then
    open[#open + 1] = W_HOUR
  end
  if moment >= clock - clock % DAY then
    open[#open + 1] = W_DAY
  end
  if moment >= L.week_start(clock) then
    open[#open + 1] = W_WEEK
  end
  if moment >= state[MONTH_START] then
    open[#open + 1] = W_MONTH
  end
  return open
end

function L.refund(state, usd, tokens, moment)
  for _, w in ipairs(L.windows_since(state, moment)) do
    state[w] = math.max(0, state[w] - usd)
    state[w + 1] = math.max(0, state[w + 1] - tokens)
  end
end

-- Both are written out for the common case: it is most of what this script does.
function L.spend(state, usd, tokens, moment)
  local clock = state[CLOCK]
  if usd == 0 and tokens == 0 then
    return
  end
  local most = math.max(
    math.max(state[W_TOTAL], state[W_HOUR], state[W_DAY], state[W_WEEK], state[W_MONTH]) + usd,
    math.max(
      state[W_TOTAL + 1], state[W_HOUR + 1], state[W_DAY + 1], state[W_WEEK + 1], state[W_MONTH + 1]
    ) + tokens
  )
  if moment >= clock - clock % HOUR and most <= MOST then
    state[W_TOTAL], state[W_TOTAL + 1] = state[W_TOTAL] + usd, state[W_TOTAL + 1] + tokens
    state[W_HOUR], state[W_HOUR + 1] = state[W_HOUR] + usd, state[W_HOUR + 1] + tokens
    state[W_DAY], state[W_DAY + 1] = state[W_DAY] + usd, state[W_DAY + 1] + tokens
    state[W_WEEK], state[W_WEEK + 1] = state[W_WEEK] + usd, state[W_WEEK + 1] + tokens
    state[W_MONTH], state[W_MONTH + 1] = state[W_MONTH] + usd, state[W_MONTH + 1] + tokens
    return
  end
  for _, w in ipairs(L.windows_since(state, moment)) do
    state[w] = math.min(MOST, state[w] + usd)
    state[w + 1] = math.min(MOST, state[w + 1] + tokens)
  end
end

function L.reserve(state, usd, tokens, moment)
  local clock = state[CLOCK]
  if moment >= clock - clock % HOUR then
    state[W_TOTAL + 2], state[W_TOTAL + 3] = state[W_TOTAL + 2] + usd, state[W_TOTAL + 3] + tokens
    state[W_HOUR + 2], state[W_HOUR + 3] = state[W_HOUR + 2] + usd, state[W_HOUR + 3] + tokens
    state[W_DAY + 2], state[W_DAY + 3] = state[W_DAY + 2] + usd, state[W_DAY + 3] + tokens
    state[W_WEEK + 2], state[W_WEEK + 3] = state[W_WEEK + 2] + usd, state[W_WEEK + 3] + tokens
    state[W_MONTH + 2], state[W_MONTH + 3] = state[W_MONTH + 2] + usd, state[W_MONTH + 3] + tokens
    return
  end
  for _, w in ipairs(L.windows_since(state, moment)) do
    state[w + 2] = state[w + 2] + usd
    state[w + 3] = state[w + 3] + tokens
  end
end

-- An account as this batch sees it: what is known of each call, and what is to be written of it.
-- Of a call: HELD, ENDED and SWEPT are what was read or decided, false for "none"; the others say
-- what to write.
local HELD, ENDED, SWEPT, PUT, DUE, GONE, ENDS, SWEEPS, UNSWEPT = 1, 2, 3, 4, 5, 6, 7, 8, 9

function L.view(account, id)
  local seen = account.calls[id]
  if not seen then
    seen = {}
    account.calls[id] = seen
  end
  return seen
end

function L.hold_of(account, id)
  local seen = L.view(account, id)
  local hold = seen[HELD]
  if hold == nil then
    local stored = account.stored > 0 and redis.call('HGET', account.key .. ':h', id)
    hold = stored and { struct.unpack('<ddddd', stored) } or false
    seen[HELD] = hold
  end
  return hold
end

-- Whether the call's end is remembered.
function L.knows(account, id)
  local seen = L.view(account, id)
  local forgotten = seen[ENDED]
  if forgotten == nil then
    local score = account.state[NEXT_PRUNE] ~= 0 and redis.call('ZSCORE', account.key .. ':e', id)
    forgotten = score and tonumber(score) or false
    seen[ENDED] = forgotten
  end
  return forgotten and forgotten > account.state[CLOCK]
end

-- What a swept call was charged, while its end is remembered.
function L.sweep_of(account, id)
  if not L.knows(account, id) then
    return false
  end
  local seen = L.view(account, id)
  local swept = seen[SWEPT]
  if swept == nil then
    local stored = redis.call('HGET', account.key .. ':w', id)
    swept = stored and { struct.unpack('<ddd', stored) } or false
    seen[SWEPT] = swept
  end
  return swept
end

-- A call that was forgotten may still have its record, which is of no more use.
function L.drop_stale(account, seen)
  local forgotten = seen[ENDED]
  if forgotten and forgotten <= account.state[CLOCK] then
    seen[SWEPT], seen[UNSWEPT] = false, true
  end
end

function L.remember(account, seen)
  L.drop_stale(account, seen)
  seen[ENDED] = account.state[CLOCK] + L.memory
  seen[ENDS] = true
end

-- A slice is a part of a budget that a proxy holds for calls yet to come: no call itself.
function L.slices(id)
  return string.sub(id, 1, 6) == 'slice/' and 1 or 0
end

function L.remove(account, id, seen)
  local state = account.state
  seen[HELD], seen[PUT], seen[DUE], seen[GONE] = false, nil, nil, true
  state[IN_FLIGHT] = state[IN_FLIGHT] - 1
  state[SLICES] = state[SLICES] - L.slices(id)
end

-- The account of everything, of which a token's calls are a part; nil where this one's is not.
function L.sum_of(account, id)
  if L.everything > 0 and account.token and L.slices(id) == 0 then
    return L.touch(L.everything)
  end
  return nil
end

function L.doubt(state, usd, tokens, admitted)
  L.spend(state, usd, tokens, admitted)
  state[REQUESTS] = state[REQUESTS] + 1
  state[IN_DOUBT] = state[IN_DOUBT] + 1
  state[LAST_USED] = state[CLOCK]
end

function L.believe(state, usd, tokens, admitted)
  L.refund(state, usd, tokens, admitted)
  state[REQUESTS] = state[REQUESTS] - 1
  state[IN_DOUBT] = state[IN_DOUBT] - 1
end

-- Charges a hold whose lease is over in full.
function L.sweep(account, id, hold)
  local state, seen = account.state, L.view(account, id)
  local usd, tokens, admitted = hold[1], hold[2], hold[3]
  L.reserve(state, -usd, -tokens, admitted)
  L.doubt(state, usd, tokens, admitted)
  local sum = L.sum_of(account, id)
  if sum then
    L.doubt(sum.state, usd, tokens, admitted)
  end
  L.remove(account, id, seen)
  L.remember(account, seen)
  seen[SWEPT], seen[SWEEPS] = { usd, tokens, admitted }, true
end

function L.sweep_all(account)
  local state = account.state
  local clock = L.digits(state[CLOCK])
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', account.key .. ':l', '-inf', clock)) do
    local hold = L.hold_of(account, id)
    if hold then
      L.sweep(account, id, hold)
    end
  end
  local range = { '(' .. clock, '+inf', 'WITHSCORES', 'LIMIT', '0', '1' }
  local next_one = redis.call('ZRANGEBYSCORE', account.key .. ':l', unpack(range))
  state[NEXT_LEASE] = next_one[2] and tonumber(next_one[2]) or 0
end

function L.fresh()
  local state = {}
  for field = 1, FIELDS do
    state[field] = 0
  end
  state[VERSION], state[LAST_USED] = 1, FOREVER
  state[EPOCH], state[CREATED] = L.epoch, L.now
  return state
end

-- An account, read and brought to now on its first use.
function L.touch(index)
  local account = L.accounts[index]
  if account then
    return account
  end
  local key = KEYS[index]
  local stored = redis.call('GET', key)
  if stored and #stored < BYTES then
    -- Of an earlier version, without the last fields.
    stored = stored .. string.rep('\0', BYTES - #stored)
  end
  local state = stored and { struct.unpack(L.STATE, stored) } or L.fresh()
  account = { key = key, state = state, stored = state[IN_FLIGHT], calls = {}, made = not stored }
  account.tail = stored and string.sub(stored, BYTES + 1) or ''
  account.token = string.sub(key, 1, 6) == 'kf:{t:'
  L.accounts[index] = account
  L.roll(state)
  if state[EPOCH] ~= L.epoch then
    L.mending()
    L.turn(account)
  end
  if state[NEXT_LEASE] ~= 0 and state[CLOCK] >= state[NEXT_LEASE] then
    L.sweep_all(account)
  end
  return account
end

-- How far units advance an arrival time, rounded up; beyond a minute when they never pass.
function L.advance(units, limit)
  if limit < 0 or units == 0 then
    return 0
  end
  if limit == 0 or units > MOST_UNITS then
    return MINUTE + 1
  end
  return math.floor((units * MINUTE + limit - 1) / limit)
end

-- Of a rate, moments of some takes in their order, and after each what the arrival time would be
-- had there only been the takes after that moment: what is given back may not undo what has passed since.
-- They follow the state, and are read only when they are needed. io.keyfront.core.ledger.Rate says
-- why this is enough.
function L.since(account, arrival)
  local since = account.since
  if not since then
    local state, position = account.state, 1
    since = {}
    for rate = REQUEST_ARRIVAL, TOKEN_ARRIVAL do
      local many = state[rate + TO_SINCE]
      since[rate] = { struct.unpack('<' .. string.rep('d', many), account.tail, position) }
      position, since[rate][many + 1] = since[rate][many + 1], nil
    end
    account.since = since
  end
  return since[arrival]
end

function L.take(account, arrival, ahead)
  local state, since = account.state, L.since(account, arrival)
  local clock, many, kept = state[CLOCK], #since, 0
  state[arrival] = math.max(state[arrival], clock) + ahead
  -- One of this moment is remembered again, as it is.
  local before = many > 0 and since[many - 1] == clock and many - 2 or many
  for i = 2, before, 2 do
    local later = math.max(since[i], clock) + ahead
    -- Of those that are equal, and so stay it, the first tells most.
    if kept == 0 or since[kept] ~= later then
      since[kept + 1], since[kept + 2] = since[i - 1], later
      kept = kept + 2
    end
  end
  since[kept + 1], since[kept + 2] = clock, clock
  for i = kept + 3, many do
    since[i] = nil
  end
  if kept == MOST_SINCE then
    L.forget_one(since)
  end
end

-- The one nearest to the one before it, neither the first nor the last.
function L.forget_one(since)
  local least = 4
  for i = 6, MOST_SINCE, 2 do
    if since[i - 2] - since[i] < since[least - 2] - since[least] then
      least = i
    end
  end
  table.remove(since, least)
  table.remove(since, least - 1)
end

-- What was taken at a moment, as far as it has not passed since.
function L.give_back(account, arrival, ahead, taken)
  local state, since = account.state, L.since(account, arrival)
  local i = #since
  while i > 0 and since[i - 1] > taken do
    i = i - 2
  end
  if i == 0 then
    return
  end
  local later = since[i]
  state[arrival] = math.max(state[arrival] - ahead, later)
  for before = 2, i - 2, 2 do
    since[before] = math.max(since[before] - ahead, later)
  end
end

-- The state, and what follows it.
function L.packed(account)
  local state, since = account.state, account.since
  if not since then
    return struct.pack(L.STATE, unpack(state, 1, FIELDS)) .. account.tail
  end
  local tail = ''
  for rate = REQUEST_ARRIVAL, TOKEN_ARRIVAL do
    local many = #since[rate]
    state[rate + TO_SINCE] = many
    tail = tail .. struct.pack('<' .. string.rep('d', many), unpack(since[rate]))
  end
  return struct.pack(L.STATE, unpack(state, 1, FIELDS)) .. tail
end

-- 0 when it passes now, FOREVER when it never does.
function L.wait_for(arrival, clock, ahead)
  if ahead > MINUTE then
    return FOREVER
  end
  return math.max(0, math.max(arrival, clock) + ahead - clock - MINUTE)
end

-- Limits are { USD, tokens, window, requests, tokens a minute, concurrency }; -1 is without.
local REQUESTS_SHORT, TOKENS_SHORT, TOO_LATE, CONCURRENCY_SHORT = 0, 1, 2, 3
local USD_SHORT, BUDGET_TOKENS_SHORT = 4, 5
local MARK_LOW, LOST = 6, 7

function L.over(state, measure, most, window, asked)
  if most < 0 then
    return nil
  end
  local spent, held = state[window + measure], state[window + 2 + measure]
  if most > 0 and (asked == 0 or asked <= most - spent - held) then
    return nil
  end
  return { USD_SHORT + measure, spent, held, state[CLOCK] }
end

-- Whether the asker's mark covers what would be spent and held then. A mark is { USD, tokens, both
-- where it is to be raised ahead of need, start and end of its window, when it was raised }; USD are
-- -1 where none is kept, the end is 0 where there is none yet. An account that was made after its
-- mark was raised has been lost in between.
function L.under(account, usd, tokens, mark, window)
  if mark[1] < 0 then
    return nil
  end
  local state = account.state
  state[MARKED] = 1
  if mark[6] > 0 and state[CREATED] > mark[7] then
    return { LOST }
  end
  local clock = state[CLOCK]
  local money = state[window] + state[window + 2] + usd
  local many = state[window + 1] + state[window + 3] + tokens
  local within = clock >= mark[5] and clock < mark[6]
  if not ((usd == 0 or within and money <= mark[1]) and (tokens == 0 or within and many <= mark[2])) then
    return { MARK_LOW }
  end
  account.little = usd > 0 and money > mark[3] or tokens > 0 and many > mark[4]
  return nil
end

-- Whether there is room; nil when there is, else the kind of shortage and its numbers.
function L.look(account, id, usd, tokens, limits)
  local state = account.state
  state[ENDLESS] = limits[3] == 0 and (limits[1] >= 0 or limits[2] >= 0) and 1 or 0
  if L.hold_of(account, id) then
    return nil
  end
  if L.knows(account, id) then
    return { TOO_LATE }
  end
  local concurrency = limits[6]
  if concurrency >= 0 and state[IN_FLIGHT] - state[SLICES] >= concurrency then
    return { CONCURRENCY_SHORT }
  end
  local clock = state[CLOCK]
  if limits[4] >= 0 then
    local wait = L.wait_for(state[REQUEST_ARRIVAL], clock, L.advance(1, limits[4]))
    if wait ~= 0 then
      return { REQUESTS_SHORT, wait }
    end
  end
  if limits[5] >= 0 then
    local wait = L.wait_for(state[TOKEN_ARRIVAL], clock, L.advance(tokens, limits[5]))
    if wait ~= 0 then
      return { TOKENS_SHORT, wait }
    end
  end
  local window = W_TOTAL + 4 * limits[3]
  return L.over(state, 0, limits[1], window, usd) or L.over(state, 1, limits[2], window, tokens)
    or limits[7] and L.under(account, usd, tokens, limits[7], window)
end

function L.put(account, id, seen, hold)
  local state = account.state
  local due = state[CLOCK] + L.lease
  state[IN_FLIGHT] = state[IN_FLIGHT] + 1
  state[SLICES] = state[SLICES] + L.slices(id)
  if state[NEXT_LEASE] == 0 then
    state[NEXT_LEASE] = due
  end
  seen[HELD], seen[PUT], seen[DUE] = hold, true, due
end

-- Returns 0 for a call that has room already, and keeps what it has.
function L.place(account, id, usd, tokens, limits)
  if L.hold_of(account, id) then
    return 0
  end
  local state = account.state
  local clock = state[CLOCK]
  local requests, ahead = L.advance(1, limits[4]), L.advance(tokens, limits[5])
  if requests ~= 0 then
    L.take(account, REQUEST_ARRIVAL, requests)
  end
  if ahead ~= 0 then
    L.take(account, TOKEN_ARRIVAL, ahead)
  end
  L.reserve(state, usd, tokens, clock)
  local seen = L.view(account, id)
  L.drop_stale(account, seen)
  L.put(account, id, seen, { usd, tokens, clock, requests, ahead })
  return 1
end

-- Settlements. RELEASED never was sent; WITHDRAWN is one that leaves no tombstone. UNHEARD comes on
-- top of the kind of a call that was served though this ledger did not answer.
local RELEASED, KNOWN, DOUBTFUL, WITHDRAWN, UNHEARD = 0, 1, 2, 3, 4

function L.read_settlement(format)
  local settlement = { struct.unpack(format, L.batch, L.position) }
  if settlement[1] >= UNHEARD then
    settlement[1], settlement.unheard = settlement[1] - UNHEARD, true
  end
  return settlement
end

-- { kind, USD, tokens, input, output, admitted }
function L.charge(state, reserved_usd, reserved_tokens, settlement, admitted)
  local kind, usd, tokens = settlement[1], settlement[2], settlement[3]
  L.spend(state, usd, tokens, admitted)
  state[OVERRUN] = math.min(MOST, state[OVERRUN] + math.max(0, usd - reserved_usd))
  state[OVERRUN + 1] = math.min(MOST, state[OVERRUN + 1] + math.max(0, tokens - reserved_tokens))
  if kind == KNOWN or kind == DOUBTFUL then
    state[REQUESTS] = state[REQUESTS] + 1
    state[INPUT] = math.min(MOST, state[INPUT] + settlement[4])
    state[OUTPUT] = math.min(MOST, state[OUTPUT] + settlement[5])
    state[IN_DOUBT] = state[IN_DOUBT] + (kind == DOUBTFUL and 1 or 0)
    state[LAST_USED] = state[CLOCK]
  end
end

-- Tokens that were held and not used come back; so does the request, if it never was sent.
function L.credit(account, hold, settlement)
  if hold[4] > 0 and (settlement[1] == RELEASED or settlement[1] == WITHDRAWN) then
    L.give_back(account, REQUEST_ARRIVAL, hold[4], hold[3])
  end
  local unused = math.max(0, hold[2] - settlement[3])
  if unused > 0 and hold[5] > 0 then
    L.give_back(account, TOKEN_ARRIVAL, math.floor(hold[5] * unused / hold[2]), hold[3])
  end
end

-- What became of a settlement.
local FORGOTTEN, COUNTED, REPEATED = 0, 1, 2

-- A swept call is not charged any more for what it held.
function L.unsweep(account, id, seen, swept)
  L.believe(account.state, unpack(swept, 1, 3))
  local sum = L.sum_of(account, id)
  if sum then
    L.believe(sum.state, unpack(swept, 1, 3))
  end
  seen[SWEPT], seen[SWEEPS], seen[UNSWEPT] = false, nil, true
end

-- Holds a swept call again: it goes on, and has to count as long as it does.
function L.revive(account, id)
  local swept = L.sweep_of(account, id)
  if not swept then
    return false
  end
  local state, seen = account.state, L.view(account, id)
  L.unsweep(account, id, seen, swept)
  L.reserve(state, swept[1], swept[2], swept[3])
  L.put(account, id, seen, { swept[1], swept[2], swept[3], 0, 0 })
  return true
end

-- Ends a call, once. Also returns what had been reserved, and when, if it was counted.
function L.settle(account, id, settlement)
  local state, seen = account.state, L.view(account, id)
  local hold = L.hold_of(account, id)
  if hold then
    L.reserve(state, -hold[1], -hold[2], hold[3])
    L.credit(account, hold, settlement)
    L.charge(state, hold[1], hold[2], settlement, hold[3])
    L.remove(account, id, seen)
    if settlement[1] ~= WITHDRAWN then
      L.remember(account, seen)
    end
    return COUNTED, hold[1], hold[2], hold[3]
  end
  if settlement[1] == WITHDRAWN then
    return REPEATED
  end
  local swept = L.sweep_of(account, id)
  if swept then
    L.unsweep(account, id, seen, swept)
    L.charge(state, swept[1], swept[2], settlement, swept[3])
    L.remember(account, seen)
    return COUNTED, swept[1], swept[2], swept[3]
  end
  if L.knows(account, id) then
    return REPEATED
  end
  local admitted = settlement[6]
  local old = not settlement.unheard and state[CLOCK] - admitted >= L.memory
  if settlement[1] ~= RELEASED and old then
    return FORGOTTEN
  end
  L.charge(state, settlement[2], settlement[3], settlement, admitted)
  L.remember(account, seen)
  return COUNTED, settlement[2], settlement[3], admitted
end

function L.answer(...)
  L.answers[#L.answers + 1] = struct.pack('<' .. string.rep('d', select('#', ...)), ...)
end

-- Every command begins with its code, the call's id and the accounts' indexes.
function L.read_accounts()
  local id, many
  id, many, L.position = struct.unpack('<Bc0B', L.batch, L.position)
  local indexes = {}
  for i = 1, many do
    indexes[i], L.position = struct.unpack('<H', L.batch, L.position)
  end
  return id, indexes
end

function L.answer_state(account, seeded_usd, seeded_tokens)
  L.answers[#L.answers + 1] = struct.pack(L.STATE, unpack(account.state, 1, FIELDS))
  L.answer(seeded_usd, seeded_tokens)
end

-- Limits are six numbers, and seven of the mark where there is a budget.
function L.read_limits(many)
  local limits, budget = {}, false
  for i = 1, many do
    local each = { struct.unpack('<dddddd', L.batch, L.position) }
    L.position, each[7] = each[7], nil
    if each[1] >= 0 or each[2] >= 0 then
      budget = true
      each[7] = { struct.unpack('<ddddddd', L.batch, L.position) }
      L.position = each[7][8]
    end
    limits[i] = each
  end
  return limits, budget
end

-- When budgets are open again after a loss of data; false when nobody has said so yet.
function L.open_from(index)
  if L.opening == nil then
    local moment = redis.call('GET', KEYS[index])
    L.opening = moment and tonumber(moment) or false
  end
  return L.opening
end

-- hold: deadline, USD and tokens, the key that says when budgets are open or 0, then the limits of
-- each account. Answers six numbers:
-- 0, admitted, clock, arrival times, 1 if not before + 2 ^ the place of each account whose mark is
-- to be raised, and what it has where it was before, USD and tokens | 1, account, shortage, its numbers | 2: sums grow beyond 2^53 | 3, account: its mark
-- is too low; its state follows | 4, account: it was lost | 5, 0, when budgets are open | 6: nobody has said when.
L[1] = function()
  local id, indexes = L.read_accounts()
  local deadline, usd, tokens, opens
  deadline, usd, tokens, opens, L.position = struct.unpack('<dddH', L.batch, L.position)
  local limits, budget = L.read_limits(#indexes)
  if deadline > 0 and L.now > deadline then
    return L.answer(1, 0, TOO_LATE, 0, 0, 0)
  end
  if budget and opens > 0 then
    local from = L.open_from(opens)
    if not from then
      return L.answer(6, 0, 0, 0, 0, 0)
    elseif L.now < from then
      return L.answer(5, 0, from, 0, 0, 0)
    end
  end
  for i, index in ipairs(indexes) do
    local account = L.touch(index)
    local short = L.look(account, id, usd, tokens, limits[i])
    if short and short[1] == MARK_LOW then
      L.answer(3, i - 1, 0, 0, 0, 0)
      return L.answer_state(account, 0, 0)
    elseif short and short[1] == LOST then
      return L.answer(4, i - 1, 0, 0, 0, 0)
    elseif short then
      return L.answer(1, i - 1, short[1], short[2] or 0, short[3] or 0, short[4] or 0)
    end
    local held = account.state
    local most = math.max(held[W_TOTAL + 2] + usd, held[W_TOTAL + 3] + tokens)
    if most > MOST and not L.hold_of(account, id) then
      return L.answer(2, i - 1, 0, 0, 0, 0)
    end
  end
  local placed, little = 0, 0
  for i, index in ipairs(indexes) do
    local account = L.accounts[index]
    placed = math.max(placed, L.place(account, id, usd, tokens, limits[i]))
    if account.little then
      little = little + 2 ^ i
      account.little = nil
    end
  end
  local first = L.accounts[indexes[1]]
  local state = first.state
  local hold = L.hold_of(first, id)
  L.answer(0, hold[3], state[CLOCK], state[REQUEST_ARRIVAL], state[TOKEN_ARRIVAL], placed + little)
  if placed == 0 then
    L.answer(hold[1], hold[2])
  end
end

-- settle: the settlement, and the index of the account of everything or 0. Answers what became of
-- it in the first account.
L[2] = function()
  local id, indexes = L.read_accounts()
  local settlement = L.read_settlement('<ddddddH')
  local everything = settlement[7]
  L.position = settlement[8]
  local result
  for _, index in ipairs(indexes) do
    local account = L.touch(index)
    local outcome, usd, tokens, admitted = L.settle(account, id, settlement)
    result = result or outcome
    if outcome == COUNTED and everything > 0 and account.token then
      L.charge(L.touch(everything).state, usd, tokens, settlement, admitted)
    end
  end
  L.answer(result)
end

-- renew. Answers 1 if all the accounts still hold it.
L[3] = function()
  local id, indexes = L.read_accounts()
  local held = 1
  for _, index in ipairs(indexes) do
    local account = L.touch(index)
    if L.hold_of(account, id) or L.revive(account, id) then
      L.view(account, id)[DUE] = account.state[CLOCK] + L.lease
    else
      held = 0
    end
  end
  L.answer(held)
end

-- standing. Answers the state, and what of it marks charged.
L[4] = function()
  local _, indexes = L.read_accounts()
  local account = L.touch(indexes[1])
  L.mending()
  L.answer_state(account, L.seeded(account))
end

-- What happens after a loss of data. These functions are made only when they are needed.
--
-- What an account is known to have spent and held before the loss, as it was found or told since,
-- is "known". Its mark is an upper bound of all there was; what the mark exceeds the known by is
-- charged as well, and shrinks as more is told. So what was there before counts max(mark, known).
-- For each window: its start, then USD and tokens of: what earlier losses charged, the mark, the
-- known. At last, whether the account was found after the loss, with what it had.
local S_PRIOR, S_MARK, S_KNOWN = 1, 3, 5
local EACH, FOUND = 7, 36

function L.mending()
  if L.turn then
    return
  end
  L.SEEDS = '<dddddddddddddddddddddddddddddddddddd'
  local windows = { W_TOTAL, W_HOUR, W_DAY, W_WEEK, W_MONTH }

  local function starts(state)
    local clock = state[CLOCK]
    return {
      0, clock - clock % HOUR, clock - clock % DAY, L.week_start(clock), state[MONTH_START],
    }
  end

  -- Those of the windows that now is in; false where there were none.
  local function seeds_of(account)
    if account.seeds == nil then
      local stored = not account.made and redis.call('GET', account.key .. ':s')
      account.seeds = stored and { struct.unpack(L.SEEDS, stored) } or false
      if stored then
        for i, start in ipairs(starts(account.state)) do
          local at = EACH * (i - 1) + 1
          if account.seeds[at] ~= start then
            for field = at, at + EACH - 1 do
              account.seeds[field] = 0
            end
            account.seeds[at] = start
          end
        end
      end
    end
    return account.seeds
  end

  local function seeds_or_none(account)
    local seeds = seeds_of(account)
    if not seeds then
      seeds = {}
      for field = 1, FOUND do
        seeds[field] = 0
      end
      for i, start in ipairs(starts(account.state)) do
        seeds[EACH * (i - 1) + 1] = start
      end
      account.seeds = seeds
    end
    account.seeded = true
    return seeds
  end

  -- Moves the mark or the known of one measure of one window, and spend with what they charge.
  local function move(account, i, measure, mark, known)
    local seeds, at = account.seeds, EACH * (i - 1) + 1 + measure
    local before = math.max(0, seeds[at + S_MARK] - seeds[at + S_KNOWN])
    seeds[at + S_MARK] = math.max(seeds[at + S_MARK], mark)
    seeds[at + S_KNOWN] = math.min(MOST, math.max(0, seeds[at + S_KNOWN] + known))
    local more = math.max(0, seeds[at + S_MARK] - seeds[at + S_KNOWN]) - before
    local spent = windows[i] + measure
    account.state[spent] = math.min(MOST, math.max(0, account.state[spent] + more))
  end

  local function learn(account, usd, tokens, moment)
    if usd == 0 and tokens == 0 then
      return
    end
    seeds_or_none(account)
    for i, start in ipairs(starts(account.state)) do
      if moment >= start then
        move(account, i, 0, 0, usd)
        move(account, i, 1, 0, tokens)
      end
    end
  end

  local function charged(seeds, at)
    return seeds[at + S_PRIOR] + math.max(0, seeds[at + S_MARK] - seeds[at + S_KNOWN])
  end

  function L.seeded(account)
    local seeds = seeds_of(account)
    if not seeds then
      return 0, 0
    end
    return charged(seeds, 1), charged(seeds, 2)
  end

  -- The account as it is found in another epoch.
  function L.turn(account)
    local state, seeds = account.state, seeds_or_none(account)
    for i, window in ipairs(windows) do
      for measure = 0, 1 do
        local at = EACH * (i - 1) + 1 + measure
        seeds[at + S_PRIOR] = charged(seeds, at)
        seeds[at + S_MARK] = 0
        seeds[at + S_KNOWN] = math.min(MOST, state[window + measure] + state[window + 2 + measure])
      end
    end
    seeds[FOUND] = 1
    state[EPOCH] = L.epoch
  end

  -- restore: USD, tokens and the moment of admission. Answers 1 if the first account lacked it.
  L[5] = function()
    local id, indexes = L.read_accounts()
    local usd, tokens, admitted
    usd, tokens, admitted, L.position = struct.unpack('<ddd', L.batch, L.position)
    local first = 0
    for i, index in ipairs(indexes) do
      local account = L.touch(index)
      if not L.hold_of(account, id) and not L.knows(account, id) then
        first = i == 1 and 1 or first
        L.reserve(account.state, usd, tokens, admitted)
        local seen = L.view(account, id)
        L.drop_stale(account, seen)
        L.put(account, id, seen, { usd, tokens, admitted, 0, 0 })
        learn(account, usd, tokens, admitted)
      end
    end
    L.answer(first)
  end

  -- settle again, what may have been settled before the loss: as settle, then USD and tokens that
  -- were held. Whether it was is not known, so what is given back now stays charged by the mark.
  L[6] = function()
    local id, indexes = L.read_accounts()
    local settlement = L.read_settlement('<ddddddHdd')
    local everything, held_usd, held_tokens = settlement[7], settlement[8], settlement[9]
    L.position = settlement[10]
    local result
    for _, index in ipairs(indexes) do
      local account = L.touch(index)
      local known = L.hold_of(account, id) or L.sweep_of(account, id)
      local outcome, usd, tokens, admitted = L.settle(account, id, settlement)
      if outcome == COUNTED and known then
        if seeds_of(account) then
          learn(
            account, math.min(0, settlement[2] - usd), math.min(0, settlement[3] - tokens), admitted
          )
        end
      elseif outcome == COUNTED then
        learn(
          account, math.min(settlement[2], held_usd), math.min(settlement[3], held_tokens), admitted
        )
      end
      result = result or outcome
      if outcome == COUNTED and everything > 0 and account.token then
        L.charge(L.touch(everything).state, usd, tokens, settlement, admitted)
      end
    end
    L.answer(result)
  end

  -- seed: the epoch and the moment in which the mark was raised, 1 if only for an account that was
  -- not found, then start, USD and tokens of each window. Answers 1 if the mark is in force.
  L[7] = function()
    local _, indexes = L.read_accounts()
    local epoch, moment, absent
    epoch, moment, absent, L.position = struct.unpack('<ddd', L.batch, L.position)
    local marks = { struct.unpack('<ddddddddddddddd', L.batch, L.position) }
    L.position = marks[16]
    local account = L.touch(indexes[1])
    local seeds, state = seeds_of(account), account.state
    -- Of what budget it is, the next call says.
    state[MARKED], state[ENDLESS] = 1, 1
    local whole = not seeds and epoch == state[EPOCH] and state[CREATED] <= moment
    if whole or seeds and absent == 1 and seeds[FOUND] == 1 then
      return L.answer(0)
    end
    seeds = seeds_or_none(account)
    for i = 1, #windows do
      if marks[3 * i - 2] == seeds[EACH * (i - 1) + 1] then
        move(account, i, 0, marks[3 * i - 1], 0)
        move(account, i, 1, marks[3 * i], 0)
      end
    end
    L.answer(1)
  end

  -- credit: USD and tokens. Answers how much of it marks had charged in all, and now does not count.
  L[8] = function()
    local _, indexes = L.read_accounts()
    local most = {}
    most[0], most[1], L.position = struct.unpack('<dd', L.batch, L.position)
    local account = L.touch(indexes[1])
    local given = { [0] = 0, 0 }
    if seeds_of(account) then
      local seeds, state = seeds_or_none(account), account.state
      for i, window in ipairs(windows) do
        for measure = 0, 1 do
          local at = EACH * (i - 1) + 1 + measure
          local credit = math.min(most[measure], charged(seeds, at))
          local prior = math.min(credit, seeds[at + S_PRIOR])
          seeds[at + S_PRIOR] = seeds[at + S_PRIOR] - prior
          state[window + measure] = math.max(0, state[window + measure] - prior)
          move(account, i, measure, 0, credit - prior)
          if i == 1 then
            given[measure] = credit
          end
        end
      end
    end
    L.answer(given[0], given[1])
  end

  -- beat: keys of this proxy's beat, of when budgets open, and of the account of everything; 1
  -- more than the beat that must be there for another, or 0; for how long budgets are closed where nobody has said so, or -1; 1 to close them again if
  -- they are open. Answers the beat that was found and when budgets open, each -1 if there is none,
  -- and 1 if there is any account.
  L[9] = function()
    L.read_accounts()
    local beat, opens, everything, beats, grace, again
    beat, opens, everything, beats, grace, again, L.position =
      struct.unpack('<HHHddd', L.batch, L.position)
    local found, from = redis.call('GET', KEYS[beat]), redis.call('GET', KEYS[opens])
    local known = redis.call('GET', KEYS[everything]) and 1 or 0
    found, from = found and tonumber(found), from and tonumber(from)
    if beats > 0 and (found or 0) >= beats - 1 then
      redis.call('SET', KEYS[beat], L.digits(math.max(L.now, (found or 0) + 1)), 'EX', '604800')
    end
    if grace >= 0 and (not from or again > 0 and from <= L.now) then
      from = L.now + grace
      redis.call('SET', KEYS[opens], L.digits(from), 'EX', '34560000')
      L.opening = nil
    end
    L.answer(found or -1, from or -1, known)
  end
end

for _ = 1, count do
  local code
  code, L.position = struct.unpack('B', L.batch, L.position)
  if code > 4 then
    L.mending()
  end
  L[code]()
end

-- Lua's stack takes some thousand arguments.
function L.in_parts(command, key, arguments)
  if #arguments <= 1000 then
    redis.call(command, key, unpack(arguments))
    return
  end
  for first = 1, #arguments, 1000 do
    redis.call(command, key, unpack(arguments, first, math.min(first + 999, #arguments)))
  end
end

function L.add(list, one, other)
  list = list or {}
  list[#list + 1] = one
  list[#list + 1] = other
  return list
end

-- Forgets at most a hundred ended calls, at most once a second while there are no more of them.
function L.prune(account)
  local state, key = account.state, account.key
  local clock = state[CLOCK]
  local old = redis.call('ZRANGEBYSCORE', key .. ':e', '-inf', L.digits(clock), 'LIMIT', '0', '100')
  if #old > 0 then
    redis.call('ZREM', key .. ':e', unpack(old))
    redis.call('HDEL', key .. ':w', unpack(old))
  end
  local oldest = redis.call('ZRANGE', key .. ':e', '0', '0', 'WITHSCORES')
  if not oldest[2] then
    state[NEXT_PRUNE], state[ENDED_EXPIRY] = 0, 0
  elseif #old == 100 then
    state[NEXT_PRUNE] = clock
  else
    state[NEXT_PRUNE] = math.max(tonumber(oldest[2]), clock + 1000000)
  end
end

L.keep_millis = L.digits(2 * L.memory / 1000)

-- Ids outlive the memory, in a key that outlives the last of them.
function L.write_ends(account, ends)
  local state, key = account.state, account.key .. ':e'
  L.in_parts('ZADD', key, ends)
  if state[NEXT_PRUNE] == 0 then
    state[NEXT_PRUNE] = state[CLOCK] + L.memory
  end
  if state[CLOCK] + L.memory > state[ENDED_EXPIRY] then
    redis.call('PEXPIRE', key, L.keep_millis)
    state[ENDED_EXPIRY] = state[CLOCK] + 2 * L.memory
  end
end

-- What takes no memory goes first: once one of a script's writes was let through, a full Redis
-- refuses none of the others.
function L.write_calls(account)
  local key, state = account.key, account.state
  local gone, put, due, ends, sweeps, unswept
  for id, seen in pairs(account.calls) do
    if seen[GONE] then
      gone = L.add(gone, id)
    end
    if seen[PUT] then
      put = L.add(put, id, struct.pack('<ddddd', unpack(seen[HELD])))
    end
    if seen[DUE] then
      due = L.add(due, L.digits(seen[DUE]), id)
    end
    if seen[ENDS] then
      ends = L.add(ends, L.digits(seen[ENDED]), id)
    end
    if seen[UNSWEPT] then
      unswept = L.add(unswept, id)
    end
    if seen[SWEEPS] then
      sweeps = L.add(sweeps, id, struct.pack('<ddd', unpack(seen[SWEPT])))
    end
  end
  if gone then
    L.in_parts('HDEL', key .. ':h', gone)
    L.in_parts('ZREM', key .. ':l', gone)
  end
  if put then
    L.in_parts('HSET', key .. ':h', put)
  end
  if due then
    L.in_parts('ZADD', key .. ':l', due)
  end
  if state[NEXT_PRUNE] ~= 0 and state[CLOCK] >= state[NEXT_PRUNE] then
    L.prune(account)
  end
  if unswept then
    L.in_parts('HDEL', key .. ':w', unswept)
  end
  if ends then
    L.write_ends(account, ends)
  end
  if sweeps then
    L.in_parts('HSET', key .. ':w', sweeps)
    redis.call('PEXPIRE', key .. ':w', L.keep_millis)
  end
end

function L.worthless(state)
  return state[REQUESTS] == 0 and state[IN_FLIGHT] == 0 and state[LAST_USED] == FOREVER
    and state[W_TOTAL] == 0 and state[W_TOTAL + 1] == 0 and state[MARKED] == 0
end

-- A subject of session tokens may never come back. Of a token, the id is its UID.
function L.is_session(account)
  return account.token and string.find(account.key, '[/#]', 7) ~= nil
end

-- For how many milliseconds an account is kept that nobody touches; false for ever. All windows
-- but the one in total have ended by then. A session's budget in total ends with it: subjects are
-- any text, and nobody says when one is gone.
function L.keep(account)
  local state = account.state
  if L.worthless(state) then
    return L.keep_millis
  elseif state[IN_FLIGHT] > 0 then
    return false
  elseif state[ENDLESS] == 1 then
    return L.is_session(account) and '34560000000'
  end
  return L.is_session(account) and '3024000000' or '34560000000'
end

-- All calls' before any state, as the account of everything may come first and has no calls.
for _, account in pairs(L.accounts) do
  L.write_calls(account)
end

for _, account in pairs(L.accounts) do
  local packed, keep = L.packed(account), L.keep(account)
  if keep then
    redis.call('SET', account.key, packed, 'PX', keep)
  else
    redis.call('SET', account.key, packed)
  end
  if account.seeded then
    local key, seeds = account.key .. ':s', struct.pack(L.SEEDS, unpack(account.seeds, 1, FOUND))
    if keep then
      redis.call('SET', key, seeds, 'PX', keep)
    else
      redis.call('SET', key, seeds)
    end
  end
end

return table.concat(L.answers)
