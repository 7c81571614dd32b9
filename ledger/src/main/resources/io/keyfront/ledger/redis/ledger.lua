-- The rules of an account, as io.keyfront.core.ledger.Account states them: a property test runs
-- the same commands on both. One call of this script carries a batch of commands, on any accounts
-- whose keys are in one slot; every account that they touch is read once and written once.
--
-- KEYS     the state key of each account: kf:{kind:id}. From it are derived, in the same slot,
--            <key>:h  hash  call -> what it holds       <key>:l  zset  call -> end of its lease
--            <key>:e  zset  ended call -> when its id is forgotten
--            <key>:w  hash  swept call -> what it was charged
-- ARGV[1]  the batch, little-endian: doubles "clock, lease, memory" and a 16-bit count, then the
--          commands. The clock is 0 for the server's own; only tests give another.
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
local WINDOWS = { W_TOTAL, W_HOUR, W_DAY, W_WEEK, W_MONTH }
local REQUESTS, INPUT, OUTPUT, IN_DOUBT, LAST_USED, OVERRUN = 31, 32, 33, 34, 35, 36
local FIELDS = 37
local STATE = '<' .. string.rep('d', FIELDS)

local floor, max, min, format = math.floor, math.max, math.min, string.format
local call, pack, unpack_struct = redis.call, struct.pack, struct.unpack

local batch = ARGV[1]
local now, LEASE, MEMORY, count, position = unpack_struct('<dddH', batch)
if now == 0 then
  local time = call('TIME')
  now = time[1] * 1000000 + time[2]
end

local function digits(number)
  return format('%.0f', number)
end

-- First day of the month that a day is in, and of the one after, as days since 1970-01-01
-- (proleptic Gregorian calendar; years are counted from March).
local function month_of(day)
  local z = day + 719468
  local era = floor(z / 146097)
  local of_era = z - era * 146097
  local year =
    floor((of_era - floor(of_era / 1460) + floor(of_era / 36524) - floor(of_era / 146096)) / 365)
  local of_year = of_era - (365 * year + floor(year / 4) - floor(year / 100))
  local from_march = floor((5 * of_year + 2) / 153)
  local first = day - (of_year - floor((153 * from_march + 2) / 5))
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
local function week_start(moment)
  return moment - (moment + 3 * DAY) % WEEK
end

local function clear(state, window)
  state[window], state[window + 1], state[window + 2], state[window + 3] = 0, 0, 0, 0
end

-- Moves the clock and begins the windows that it is in, where others have ended.
local function roll(state)
  local before = state[CLOCK]
  local clock = max(before, now)
  state[CLOCK] = clock
  if before - before % HOUR == clock - clock % HOUR then
    return
  end
  clear(state, W_HOUR)
  if before - before % DAY ~= clock - clock % DAY then
    clear(state, W_DAY)
    if week_start(before) ~= week_start(clock) then
      clear(state, W_WEEK)
    end
  end
  if clock >= state[MONTH_END] then
    local first, after = month_of(floor(clock / DAY))
    state[MONTH_START], state[MONTH_END] = first * DAY, after * DAY
    clear(state, W_MONTH)
  end
end

-- The windows that are still those which a moment was in.
local function windows_since(state, moment)
  local clock = state[CLOCK]
  if moment >= clock - clock % HOUR then
    return WINDOWS
  end
  local open = {}
  if moment >= 0 then
    open[1] = W_TOTAL
  end
  if moment >= clock - clock % DAY then
    open[#open + 1] = W_DAY
  end
  if moment >= week_start(clock) then
    open[#open + 1] = W_WEEK
  end
  if moment >= state[MONTH_START] then
    open[#open + 1] = W_MONTH
  end
  return open
end

local function refund(state, usd, tokens, moment)
  for _, w in ipairs(windows_since(state, moment)) do
    state[w] = max(0, state[w] - usd)
    state[w + 1] = max(0, state[w + 1] - tokens)
  end
end

local function spend(state, usd, tokens, moment)
  if usd == 0 and tokens == 0 then
    return
  end
  for _, w in ipairs(windows_since(state, moment)) do
    state[w] = min(MOST, state[w] + usd)
    state[w + 1] = min(MOST, state[w + 1] + tokens)
  end
end

-- The common case is written out: it is most of what this script does. WINDOWS begins at 11.
local function reserve(state, usd, tokens, moment)
  local clock = state[2]
  if moment >= clock - clock % 3.6e9 then
    state[13], state[14] = state[13] + usd, state[14] + tokens
    state[17], state[18] = state[17] + usd, state[18] + tokens
    state[21], state[22] = state[21] + usd, state[22] + tokens
    state[25], state[26] = state[25] + usd, state[26] + tokens
    state[29], state[30] = state[29] + usd, state[30] + tokens
    return
  end
  for _, w in ipairs(windows_since(state, moment)) do
    state[w + 2] = state[w + 2] + usd
    state[w + 3] = state[w + 3] + tokens
  end
end

-- An account as this batch sees it: what is known of each call, and what is to be written of it.
-- Of a call: HELD, ENDED and SWEPT are what was read or decided, false for "none"; the others say
-- what to write.
local accounts = {}
local HELD, ENDED, SWEPT, PUT, DUE, GONE, ENDS, SWEEPS, UNSWEPT = 1, 2, 3, 4, 5, 6, 7, 8, 9

local function view(account, id)
  local seen = account.calls[id]
  if not seen then
    seen = {}
    account.calls[id] = seen
  end
  return seen
end

local function hold_of(account, id)
  local seen = view(account, id)
  local hold = seen[HELD]
  if hold == nil then
    local stored = account.stored > 0 and call('HGET', account.key .. ':h', id)
    hold = stored and { unpack_struct('<ddddd', stored) } or false
    seen[HELD] = hold
  end
  return hold
end

-- Whether the call's end is remembered.
local function knows(account, id)
  local seen = view(account, id)
  local forgotten = seen[ENDED]
  if forgotten == nil then
    local score = account.state[NEXT_PRUNE] ~= 0 and call('ZSCORE', account.key .. ':e', id)
    forgotten = score and tonumber(score) or false
    seen[ENDED] = forgotten
  end
  return forgotten and forgotten > account.state[CLOCK]
end

-- What a swept call was charged, while its end is remembered.
local function sweep_of(account, id)
  if not knows(account, id) then
    return false
  end
  local seen = view(account, id)
  local swept = seen[SWEPT]
  if swept == nil then
    local stored = call('HGET', account.key .. ':w', id)
    swept = stored and { unpack_struct('<ddd', stored) } or false
    seen[SWEPT] = swept
  end
  return swept
end

-- A call that was forgotten may still have its record, which is of no more use.
local function drop_stale(account, seen)
  local forgotten = seen[ENDED]
  if forgotten and forgotten <= account.state[CLOCK] then
    seen[SWEPT], seen[UNSWEPT] = false, true
  end
end

local function remember(account, seen)
  drop_stale(account, seen)
  seen[ENDED] = account.state[CLOCK] + MEMORY
  seen[ENDS] = true
end

local function remove(account, seen)
  seen[HELD], seen[PUT], seen[DUE], seen[GONE] = false, nil, nil, true
  account.state[IN_FLIGHT] = account.state[IN_FLIGHT] - 1
end

-- Charges a hold whose lease is over in full.
local function sweep(account, id, hold)
  local state, seen = account.state, view(account, id)
  local usd, tokens, admitted = hold[1], hold[2], hold[3]
  reserve(state, -usd, -tokens, admitted)
  spend(state, usd, tokens, admitted)
  state[REQUESTS] = state[REQUESTS] + 1
  state[IN_DOUBT] = state[IN_DOUBT] + 1
  state[LAST_USED] = state[CLOCK]
  remove(account, seen)
  remember(account, seen)
  seen[SWEPT], seen[SWEEPS] = { usd, tokens, admitted }, true
end

local function sweep_all(account)
  local state = account.state
  local clock = digits(state[CLOCK])
  for _, id in ipairs(call('ZRANGEBYSCORE', account.key .. ':l', '-inf', clock)) do
    local hold = hold_of(account, id)
    if hold then
      sweep(account, id, hold)
    end
  end
  local range = { '(' .. clock, '+inf', 'WITHSCORES', 'LIMIT', '0', '1' }
  local next_one = call('ZRANGEBYSCORE', account.key .. ':l', unpack(range))
  state[NEXT_LEASE] = next_one[2] and tonumber(next_one[2]) or 0
end

local function fresh()
  local state = {}
  for field = 1, FIELDS do
    state[field] = 0
  end
  state[VERSION], state[LAST_USED] = 1, FOREVER
  return state
end

-- An account, read and brought to now on its first use.
local function touch(index)
  local account = accounts[index]
  if account then
    return account
  end
  local key = KEYS[index]
  local stored = call('GET', key)
  local state = stored and { unpack_struct(STATE, stored) } or fresh()
  account = { key = key, state = state, stored = state[IN_FLIGHT], calls = {} }
  accounts[index] = account
  roll(state)
  if state[NEXT_LEASE] ~= 0 and state[CLOCK] >= state[NEXT_LEASE] then
    sweep_all(account)
  end
  return account
end

-- How far units advance an arrival time, rounded up; beyond a minute when they never pass.
local function advance(units, limit)
  if limit < 0 or units == 0 then
    return 0
  end
  if limit == 0 or units > MOST_UNITS then
    return MINUTE + 1
  end
  return floor((units * MINUTE + limit - 1) / limit)
end

-- 0 when it passes now, FOREVER when it never does.
local function wait_for(arrival, clock, ahead)
  if ahead > MINUTE then
    return FOREVER
  end
  return max(0, max(arrival, clock) + ahead - clock - MINUTE)
end

-- Limits are { USD, tokens, window, requests, tokens a minute, concurrency }; -1 is without.
local REQUESTS_SHORT, TOKENS_SHORT, TOO_LATE, CONCURRENCY_SHORT, USD_SHORT, BUDGET_TOKENS_SHORT =
  0, 1, 2, 3, 4, 5

local function over(state, measure, most, window, asked)
  if most < 0 then
    return nil
  end
  local spent, held = state[window + measure], state[window + 2 + measure]
  if most > 0 and (asked == 0 or asked <= most - spent - held) then
    return nil
  end
  return { USD_SHORT + measure, spent, held, state[CLOCK] }
end

-- Whether there is room; nil when there is, else the kind of shortage and its numbers.
local function look(account, id, usd, tokens, limits)
  if hold_of(account, id) then
    return nil
  end
  if knows(account, id) then
    return { TOO_LATE }
  end
  local state = account.state
  local concurrency = limits[6]
  if concurrency >= 0 and state[IN_FLIGHT] >= concurrency then
    return { CONCURRENCY_SHORT }
  end
  local clock = state[CLOCK]
  if limits[4] >= 0 then
    local wait = wait_for(state[REQUEST_ARRIVAL], clock, advance(1, limits[4]))
    if wait ~= 0 then
      return { REQUESTS_SHORT, wait }
    end
  end
  if limits[5] >= 0 then
    local wait = wait_for(state[TOKEN_ARRIVAL], clock, advance(tokens, limits[5]))
    if wait ~= 0 then
      return { TOKENS_SHORT, wait }
    end
  end
  local window = W_TOTAL + 4 * limits[3]
  return over(state, 0, limits[1], window, usd) or over(state, 1, limits[2], window, tokens)
end

-- Returns 0 for a call that has room already, and keeps what it has.
local function place(account, id, usd, tokens, limits)
  if hold_of(account, id) then
    return 0
  end
  local state = account.state
  local clock = state[CLOCK]
  local requests, ahead = advance(1, limits[4]), advance(tokens, limits[5])
  if requests ~= 0 then
    state[REQUEST_ARRIVAL] = max(state[REQUEST_ARRIVAL], clock) + requests
  end
  if ahead ~= 0 then
    state[TOKEN_ARRIVAL] = max(state[TOKEN_ARRIVAL], clock) + ahead
  end
  reserve(state, usd, tokens, clock)
  state[IN_FLIGHT] = state[IN_FLIGHT] + 1
  if state[NEXT_LEASE] == 0 then
    state[NEXT_LEASE] = clock + LEASE
  end
  local seen = view(account, id)
  drop_stale(account, seen)
  seen[HELD] = { usd, tokens, clock, requests, ahead }
  seen[PUT], seen[DUE] = true, clock + LEASE
  return 1
end

-- Settlements. RELEASED never was sent; WITHDRAWN is one that leaves no tombstone.
local RELEASED, KNOWN, DOUBTFUL, WITHDRAWN = 0, 1, 2, 3

-- { kind, USD, tokens, input, output, admitted }
local function charge(state, reserved_usd, reserved_tokens, settlement, admitted)
  local kind, usd, tokens = settlement[1], settlement[2], settlement[3]
  spend(state, usd, tokens, admitted)
  state[OVERRUN] = min(MOST, state[OVERRUN] + max(0, usd - reserved_usd))
  state[OVERRUN + 1] = min(MOST, state[OVERRUN + 1] + max(0, tokens - reserved_tokens))
  if kind == KNOWN or kind == DOUBTFUL then
    state[REQUESTS] = state[REQUESTS] + 1
    state[INPUT] = min(MOST, state[INPUT] + settlement[4])
    state[OUTPUT] = min(MOST, state[OUTPUT] + settlement[5])
    state[IN_DOUBT] = state[IN_DOUBT] + (kind == DOUBTFUL and 1 or 0)
    state[LAST_USED] = state[CLOCK]
  end
end

-- Tokens that were held and not used come back; so does the request, if it never was sent.
local function credit(state, hold, settlement)
  if settlement[1] == RELEASED or settlement[1] == WITHDRAWN then
    state[REQUEST_ARRIVAL] = state[REQUEST_ARRIVAL] - hold[4]
  end
  local unused = max(0, hold[2] - settlement[3])
  if unused > 0 and hold[5] > 0 then
    state[TOKEN_ARRIVAL] = state[TOKEN_ARRIVAL] - floor(hold[5] * unused / hold[2])
  end
end

-- What became of a settlement.
local FORGOTTEN, COUNTED, REPEATED = 0, 1, 2

-- Ends a call, once. Also returns what had been reserved, and when, if it was counted.
local function settle(account, id, settlement)
  local state, seen = account.state, view(account, id)
  local hold = hold_of(account, id)
  if hold then
    reserve(state, -hold[1], -hold[2], hold[3])
    credit(state, hold, settlement)
    charge(state, hold[1], hold[2], settlement, hold[3])
    remove(account, seen)
    if settlement[1] ~= WITHDRAWN then
      remember(account, seen)
    end
    return COUNTED, hold[1], hold[2], hold[3]
  end
  if settlement[1] == WITHDRAWN then
    return REPEATED
  end
  local swept = sweep_of(account, id)
  if swept then
    refund(state, swept[1], swept[2], swept[3])
    state[REQUESTS] = state[REQUESTS] - 1
    state[IN_DOUBT] = state[IN_DOUBT] - 1
    seen[SWEPT], seen[SWEEPS], seen[UNSWEPT] = false, nil, true
    charge(state, swept[1], swept[2], settlement, swept[3])
    remember(account, seen)
    return COUNTED, swept[1], swept[2], swept[3]
  end
  if knows(account, id) then
    return REPEATED
  end
  local admitted = settlement[6]
  if settlement[1] ~= RELEASED and state[CLOCK] - admitted >= MEMORY then
    return FORGOTTEN
  end
  charge(state, settlement[2], settlement[3], settlement, admitted)
  remember(account, seen)
  return COUNTED, settlement[2], settlement[3], admitted
end

local answers = { pack('<d', now) }

local function answer(...)
  answers[#answers + 1] = pack('<' .. string.rep('d', select('#', ...)), ...)
end

local commands = {}

-- Every command begins with its code, the call's id and the accounts' indexes.
local function read_accounts()
  local id, many
  id, many, position = unpack_struct('<Bc0B', batch, position)
  local indexes = {}
  for i = 1, many do
    indexes[i], position = unpack_struct('<H', batch, position)
  end
  return id, indexes
end

-- hold: deadline, USD and tokens, then the limits of each account. Answers six numbers:
-- 0, admitted, clock, arrival times, 1 if not before | 1, account, shortage, its numbers | 2: sums grow beyond 2^53.
commands[1] = function()
  local id, indexes = read_accounts()
  local deadline, usd, tokens
  deadline, usd, tokens, position = unpack_struct('<ddd', batch, position)
  local limits = {}
  for i = 1, #indexes do
    limits[i] = { unpack_struct('<dddddd', batch, position) }
    position = limits[i][7]
  end
  if deadline > 0 and now > deadline then
    return answer(1, 0, TOO_LATE, 0, 0, 0)
  end
  for i, index in ipairs(indexes) do
    local account = touch(index)
    local short = look(account, id, usd, tokens, limits[i])
    if short then
      return answer(1, i - 1, short[1], short[2] or 0, short[3] or 0, short[4] or 0)
    end
    local held = account.state
    local most = max(held[W_TOTAL + 2] + usd, held[W_TOTAL + 3] + tokens)
    if most > MOST and not hold_of(account, id) then
      return answer(2, i - 1, 0, 0, 0, 0)
    end
  end
  local placed = 0
  for i, index in ipairs(indexes) do
    placed = max(placed, place(accounts[index], id, usd, tokens, limits[i]))
  end
  local first = accounts[indexes[1]]
  local state = first.state
  local admitted = hold_of(first, id)[3]
  answer(0, admitted, state[CLOCK], state[REQUEST_ARRIVAL], state[TOKEN_ARRIVAL], placed)
end

-- settle: the settlement, and the index of the account of everything or 0. Answers what became of
-- it in the first account.
commands[2] = function()
  local id, indexes = read_accounts()
  local settlement = { unpack_struct('<ddddddH', batch, position) }
  local everything = settlement[7]
  position = settlement[8]
  local result
  for i, index in ipairs(indexes) do
    local outcome, usd, tokens, admitted = settle(touch(index), id, settlement)
    if i == 1 then
      result = outcome
      if outcome == COUNTED and everything > 0 then
        charge(touch(everything).state, usd, tokens, settlement, admitted)
      end
    end
  end
  answer(result)
end

-- renew. Answers 1 if all the accounts still hold it.
commands[3] = function()
  local id, indexes = read_accounts()
  local held = 1
  for _, index in ipairs(indexes) do
    local account = touch(index)
    if hold_of(account, id) then
      view(account, id)[DUE] = account.state[CLOCK] + LEASE
    else
      held = 0
    end
  end
  answer(held)
end

-- standing. Answers the state.
commands[4] = function()
  local _, indexes = read_accounts()
  answers[#answers + 1] = pack(STATE, unpack(touch(indexes[1]).state, 1, FIELDS))
end

for _ = 1, count do
  local code
  code, position = unpack_struct('B', batch, position)
  commands[code]()
end

-- Lua's stack takes some thousand arguments.
local function in_parts(command, key, arguments)
  if #arguments <= 1000 then
    call(command, key, unpack(arguments))
    return
  end
  for first = 1, #arguments, 1000 do
    call(command, key, unpack(arguments, first, min(first + 999, #arguments)))
  end
end

local function add(list, one, other)
  list = list or {}
  list[#list + 1] = one
  list[#list + 1] = other
  return list
end

-- Forgets at most a hundred ended calls, at most once a second while there are no more of them.
local function prune(account)
  local state, key = account.state, account.key
  local clock = state[CLOCK]
  local old = call('ZRANGEBYSCORE', key .. ':e', '-inf', digits(clock), 'LIMIT', '0', '100')
  if #old > 0 then
    call('ZREM', key .. ':e', unpack(old))
    call('HDEL', key .. ':w', unpack(old))
  end
  local oldest = call('ZRANGE', key .. ':e', '0', '0', 'WITHSCORES')
  if not oldest[2] then
    state[NEXT_PRUNE], state[ENDED_EXPIRY] = 0, 0
  elseif #old == 100 then
    state[NEXT_PRUNE] = clock
  else
    state[NEXT_PRUNE] = max(tonumber(oldest[2]), clock + 1000000)
  end
end

local KEEP_MILLIS = digits(2 * MEMORY / 1000)

-- Ids outlive MEMORY, in a key that outlives the last of them.
local function write_ends(account, ends)
  local state, key = account.state, account.key .. ':e'
  in_parts('ZADD', key, ends)
  if state[NEXT_PRUNE] == 0 then
    state[NEXT_PRUNE] = state[CLOCK] + MEMORY
  end
  if state[CLOCK] + MEMORY > state[ENDED_EXPIRY] then
    call('PEXPIRE', key, KEEP_MILLIS)
    state[ENDED_EXPIRY] = state[CLOCK] + 2 * MEMORY
  end
end

-- What takes no memory goes first: once one of a script's writes was let through, a full Redis
-- refuses none of the others.
local function write_calls(account)
  local key, state = account.key, account.state
  local gone, put, due, ends, sweeps, unswept
  for id, seen in pairs(account.calls) do
    if seen[GONE] then
      gone = add(gone, id)
    end
    if seen[PUT] then
      put = add(put, id, pack('<ddddd', unpack(seen[HELD])))
    end
    if seen[DUE] then
      due = add(due, digits(seen[DUE]), id)
    end
    if seen[ENDS] then
      ends = add(ends, digits(seen[ENDED]), id)
    end
    if seen[UNSWEPT] then
      unswept = add(unswept, id)
    end
    if seen[SWEEPS] then
      sweeps = add(sweeps, id, pack('<ddd', unpack(seen[SWEPT])))
    end
  end
  if gone then
    in_parts('HDEL', key .. ':h', gone)
    in_parts('ZREM', key .. ':l', gone)
  end
  if put then
    in_parts('HSET', key .. ':h', put)
  end
  if due then
    in_parts('ZADD', key .. ':l', due)
  end
  if state[NEXT_PRUNE] ~= 0 and state[CLOCK] >= state[NEXT_PRUNE] then
    prune(account)
  end
  if unswept then
    in_parts('HDEL', key .. ':w', unswept)
  end
  if ends then
    write_ends(account, ends)
  end
  if sweeps then
    in_parts('HSET', key .. ':w', sweeps)
    call('PEXPIRE', key .. ':w', KEEP_MILLIS)
  end
end

local function worthless(state)
  return state[REQUESTS] == 0 and state[IN_FLIGHT] == 0 and state[LAST_USED] == FOREVER
    and state[W_TOTAL] == 0 and state[W_TOTAL + 1] == 0
end

for _, account in pairs(accounts) do
  write_calls(account)
  local packed = pack(STATE, unpack(account.state, 1, FIELDS))
  if worthless(account.state) then
    call('SET', account.key, packed, 'PX', KEEP_MILLIS)
  else
    call('SET', account.key, packed)
  end
end

return table.concat(answers)
