-- The one step by which a log changes: atomic, since it is a script, and replicated as the writes it makes.
--
--   no marker (the first start; FLUSHALL)             -> a new life from here
--   another server than the one that wrote last       -> a new epoch: it goes on in the same life if both are known to
--                                                        keep what they acknowledge, else a new life
--   the node has seen more than there is              -> a new life
--   the node knows that acknowledged events are lost  -> a new life
--   else                                              -> append
--
-- An epoch begins far above all that anybody can have seen, so that sequences never go back and no position is used
-- twice. A life is a run of epochs with the same history; its keys carry its name, so that a new one begins empty.
--
-- KEYS 1 state (hash), 2 the stream that nodes follow, 3 given ids (stream), 4 channels by their newest sequence (zset),
--      5 marks of the channels (hash), 6 what this node has appended (hash), 7 the newest event of each name (hash),
--      from 8 on histories of channels (streams)
-- ARGV 1 the node's epoch, 2 the sequence up to which it has read, 3 the life of KEYS 3 to 5 and 7 on, 4 a new epoch,
--      5 whether replicas keep what is acknowledged, 6 whether the file of this server does, 7 the epoch to end,
--      8 greatest size of the stream, 9 how long a history is kept without an age of its own in ms,
--      10 how many appended events to know again, 11 how many of these operations follow:
--      E counter, index of the history in KEYS or 0, channel, greatest number, age in ms and size, size, given id,
--        channel and name if it is kept for newcomers, record
--      F index of the history, channel, up to which sequence, record
--      I record
--      S record
--      A (how far the log has come)

if redis.replicate_commands then
  redis.replicate_commands()
end

local STATE, STREAM, GIVEN, NAMES, MARKS, APPENDED, LATEST =
  KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7]
local GAP = 1048576
local MAX_GIVEN = 10000
local MAX_NAMES = 10000
local MAX_PAST = 100

local function text(number)
  return string.format('%.0f', number)
end

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
local state = redis.call('HMGET', STATE, 'epoch', 'first', 'seq', 'sub', 'life', 'run', 'durable', 'past', 'size', 'cut',
  'given', 'others', 'parent', 'end', 'seen')
local epoch, life, past = state[1], state[5], state[8] or ''
local first, seq, sub = tonumber(state[2] or 0), tonumber(state[3] or 0), tonumber(state[4] or 0)
local size, cut, given = tonumber(state[9] or 0), tonumber(state[10] or 0), tonumber(state[11] or 0)
local others = tonumber(state[12] or 0)
local parent, parentEnd, parentSeen = state[13] or '', tonumber(state[14] or 0), tonumber(state[15] or 0)
local seen = tonumber(ARGV[2])
local ttl = tonumber(ARGV[9])
local count = tonumber(ARGV[11])

-- A server that was a replica may lack what its file of that time did not need to have.
local function isPromoted()
  return string.match(redis.call('INFO', 'replication'), 'master_replid2:(%x+)') ~= string.rep('0', 40)
end

local function isDurable()
  return ARGV[5] == '1' or (ARGV[6] == '1' and not isPromoted())
end

local function begin(continued)
  parent, parentEnd, parentSeen = epoch or ARGV[1], seq, (not epoch or epoch == ARGV[1]) and seen or 0
  if continued then
    local segments = {}
    for segment in string.gmatch(past .. ' ' .. epoch .. ':' .. text(first) .. ':' .. text(seq), '%S+') do
      segments[#segments + 1] = segment
    end
    past = table.concat(segments, ' ', math.max(1, #segments - MAX_PAST + 1))
  else
    past, life, given = '', ARGV[4], 0
    for _, key in ipairs({ GIVEN, NAMES, MARKS, LATEST }) do
      redis.call('PEXPIRE', key, ttl)
    end
  end
  local newest = redis.call('XREVRANGE', STREAM, '+', '-', 'COUNT', 1)[1]
  local last = newest and tonumber(string.match(newest[1], '^%d+')) or 0
  first = math.max(seq, seen, last)
  if first > 0 then
    first = first + GAP
  end
  epoch, seq, sub = ARGV[4], first, 1
  if not continued then
    others = first
  end
  redis.call('XADD', STREAM, text(seq) .. '-1', 'm', epoch .. ' ' .. text(now) .. ' ' .. text(size), 'b',
    (continued and 'continued ' or 'restarted ') .. parent .. ' ' .. text(parentEnd) .. ' ' .. text(parentSeen))
  redis.call('HSET', STATE, 'epoch', epoch, 'first', text(first), 'seq', text(seq), 'sub', 1, 'life', life, 'run', run,
    'durable', isDurable() and '1' or '0', 'past', past, 'given', text(given), 'others', text(others), 'parent', parent,
    'end', text(parentEnd), 'seen', text(parentSeen))
end

if not epoch or ARGV[7] == epoch then
  begin(false)
elseif state[6] ~= run then
  begin(state[7] == '1' and isDurable())
elseif epoch == ARGV[1] and seen > seq then
  begin(false)
elseif count > 0 and state[7] ~= ((ARGV[5] == '1' or ARGV[6] == '1') and '1' or '0') then
  redis.call('HSET', STATE, 'durable', isDurable() and '1' or '0')
end

local function answer(status, results, length)
  return { status, epoch, text(first), text(seq), text(sub), life, past, text(now), text(others), parent,
    text(parentEnd), text(parentSeen), results, length }
end

if life ~= ARGV[3] then
  return answer('moved', {}, '')
end

local function markOf(channel)
  local mark = redis.call('HGET', MARKS, channel)
  if mark then
    local lost, bytes, expires = string.match(mark, '(%d+) (%d+) (%d+)')
    return tonumber(lost), tonumber(bytes), tonumber(expires)
  end
  return others, 0, 0
end

local function mark(channel, lost, bytes, expires)
  redis.call('HSET', MARKS, channel, text(lost) .. ' ' .. text(bytes) .. ' ' .. text(expires))
end

-- Channels whose history is gone share one mark when there are too many of them.
local function boundNames()
  if seq % 64 ~= 0 or redis.call('ZCARD', NAMES) <= MAX_NAMES then
    return
  end
  local oldest = redis.call('ZRANGE', NAMES, 0, 255, 'WITHSCORES')
  for i = 1, #oldest, 2 do
    local _, _, expires = markOf(oldest[i])
    if expires < now then
      others = math.max(others, tonumber(oldest[i + 1]))
      redis.call('ZREM', NAMES, oldest[i])
      redis.call('HDEL', MARKS, oldest[i])
    end
  end
end

local function retain(history, channel, maxEvents, maxAge, maxSize, bytes, record)
  local lost, total = markOf(channel)
  local length = redis.call('XLEN', history)
  if length == 0 then
    lost = math.max(lost, tonumber(redis.call('ZSCORE', NAMES, channel) or 0))
  end
  redis.call('XADD', history, text(seq) .. '-0', 'm', epoch .. ' ' .. text(now) .. ' ' .. text(total), 'r', record)
  total = total + bytes
  length = length + 1
  while length > 1 do
    local oldest = redis.call('XRANGE', history, '-', '+', 'COUNT', 1)[1]
    local since, before = string.match(oldest[2][2], ' (%d+) (%d+)')
    if not ((maxEvents > 0 and length > maxEvents) or (maxSize > 0 and total - tonumber(before) > maxSize)
        or (maxAge > 0 and now - tonumber(since) > maxAge)) then
      break
    end
    redis.call('XDEL', history, oldest[1])
    lost = tonumber(string.match(oldest[1], '^%d+'))
    length = length - 1
  end
  local keep = maxAge > 0 and maxAge or ttl
  redis.call('PEXPIRE', history, keep)
  redis.call('ZADD', NAMES, text(seq), channel)
  mark(channel, lost, total, now + keep)
  boundNames()
end

local function remember(...)
  given = given + 1
  redis.call('XADD', GIVEN, 'MAXLEN', MAX_GIVEN, text(given) .. '-1', ...)
end

local function publish(record)
  size = size + #record
  redis.call('XADD', STREAM, text(seq) .. '-' .. text(sub), 'm', epoch .. ' ' .. text(now) .. ' ' .. text(size), 'r',
    record)
end

local function append(at)
  local counter, history, id, latest, record = ARGV[at], tonumber(ARGV[at + 1]), ARGV[at + 7], ARGV[at + 8], ARGV[at + 9]
  local known = redis.call('HGET', APPENDED, counter)
  if known then
    return known
  end
  seq, sub = seq + 1, 0
  publish(record)
  local position = epoch .. '-' .. text(seq)
  redis.call('HSET', APPENDED, counter, position)
  redis.call('HDEL', APPENDED, text(tonumber(counter) - tonumber(ARGV[10])))
  if id ~= '' then
    remember('i', id, 'p', position)
  end
  if latest ~= '' then
    redis.call('HSET', LATEST, latest, position .. '\n' .. record)
  end
  if history > 0 then
    local bytes = tonumber(ARGV[at + 6]) + (id == '' and #text(seq) or 0)
    retain(KEYS[history], ARGV[at + 2], tonumber(ARGV[at + 3]), tonumber(ARGV[at + 4]), tonumber(ARGV[at + 5]), bytes,
      record)
  end
  return position
end

local function forget(at)
  local history, channel, upTo = KEYS[tonumber(ARGV[at])], ARGV[at + 1], tonumber(ARGV[at + 2])
  local newest = redis.call('ZSCORE', NAMES, channel)
  if newest then
    local lost, total, expires = markOf(channel)
    redis.call('XTRIM', history, 'MINID', text(upTo + 1) .. '-0')
    if tonumber(newest) <= upTo then
      redis.call('DEL', history)
      expires = 0
    end
    mark(channel, math.max(lost, math.min(upTo, tonumber(newest))), total, expires)
  end
end

local results = {}
local told = false
local at = 12
for i = 1, count do
  local operation = ARGV[at]
  if operation == 'E' then
    results[i] = append(at + 1)
    at = at + 11
  elseif operation == 'A' then
    results[i] = text(seq) .. '-' .. text(sub)
    at = at + 1
  else
    local record
    if operation == 'F' then
      forget(at + 1)
      record = ARGV[at + 4]
      at = at + 5
    else
      record = ARGV[at + 1]
      at = at + 2
      told = true
    end
    if operation == 'I' then
      remember('r', record)
    end
    sub = sub + 1
    publish(record)
    results[i] = ''
  end
end

-- What nodes have had time to read goes, a part at a time.
local backlog = tonumber(ARGV[8])
if size - cut > backlog + backlog / 4 then
  local oldest = redis.call('XRANGE', STREAM, '-', '+', 'COUNT', 256)
  for i = 1, #oldest - 1 do
    if size - cut <= backlog then
      break
    end
    redis.call('XDEL', STREAM, oldest[i][1])
    cut = tonumber(string.match(oldest[i][2][2], ' %d+ (%d+)'))
  end
end

if count > 0 then
  redis.call('PEXPIRE', APPENDED, 3600000)
  redis.call('HSET', STATE, 'seq', text(seq), 'sub', text(sub), 'size', text(size), 'cut', text(cut), 'given',
    text(given), 'others', text(others))
end
-- How long the stream is interests operators alone: what nodes tell each other every second is often enough.
return answer('done', results, told and text(redis.call('XLEN', STREAM)) or '')
