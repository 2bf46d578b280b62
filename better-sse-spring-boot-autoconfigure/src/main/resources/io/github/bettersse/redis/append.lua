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
-- A node sends one call at a time, and what had no answer again. What its last call has appended is in the state, so that
-- it is known again:
--
--   a number above that of the newest event known     -> append
--   the number of one that is known                   -> the position that it has
--   a lower one that is not known                     -> nothing: it has come late over a link that was given up, and
--                                                        whoever has sent it waits no more
--
-- While it runs Redis delivers nothing, so that for most events it makes no more calls, functions, texts of numbers and
-- numbers of texts than it must.
--
-- KEYS 1 state (hash), 2 the stream that nodes follow, 3 given ids (stream), 4 channels by their newest sequence (zset),
--      5 marks of the channels (hash), 6 the newest event of each name (hash), from 7 on histories of channels (streams)
-- ARGV 1 the node's epoch, 2 the sequence up to which it has read, 3 the life of KEYS 3 on, 4 a new epoch, 5 what keeps
--      all that is acknowledged: R replicas, F the file of this server unless it was a replica, or nothing, 6 greatest
--      size of the stream, 7 how long a history is kept without an age of its own in ms, 8 the node, from 9 on a look, or
--      operations:
--      L epoch to end or nothing
--      P counter, record (of which nothing is kept)
--      E counter, index of the history in KEYS or 0, channel, greatest number, age in ms and size, size, given id,
--        channel and name if it is kept for newcomers, record
--      F index of the history, channel, up to which sequence, record
--      I record
--      S record
--      A (how far the log has come)
-- Answers a look with where the log stands. Else with the life, how many records the stream has if that is known, and
-- the result of each operation; with none if the life is another one than that of the node, and nothing was done.

if redis.replicate_commands then
  redis.replicate_commands()
end

local call = redis.call
local STATE, STREAM, GIVEN, NAMES, MARKS, LATEST = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local APPENDED = 'appended:'
local GAP = 1048576
local MAX_GIVEN = 10000
local MAX_NAMES = 10000
local MAX_PAST = 100
local KNOWN_FOR = 3600000
local PART = 32
local MAX_PARTS = 16
local LENGTHS = { P = 3, E = 11, F = 5, I = 2, S = 2, A = 1 }

local function text(number)
  return string.format('%.0f', number)
end

local info = call('INFO', 'server')
local _, label = string.find(info, 'run_id:', 1, true)
local run = string.sub(info, label + 1, label + 40)
_, label = string.find(info, 'server_time_usec:', label, true)
-- In ms; a command for it would cost more
local stamp = string.sub(info, label + 1, label + 13)
local now = tonumber(stamp)
local node = APPENDED .. ARGV[8]
local state = call('HMGET', STATE, 'epoch', 'life', 'run', 'durable', 'seq', 'sub', 'size', 'cut', node)
local epoch, life, durable, known = state[1], state[2], state[4], state[9]
local seq, sub = tonumber(state[5] or 0), tonumber(state[6] or 0)
local size, cut = tonumber(state[7] or 0), tonumber(state[8] or 0)
local seen, keeper = tonumber(ARGV[2]), ARGV[5]
local isLook = ARGV[9] == 'L'

local isOther = state[3] ~= run
local isGone = not epoch or (isLook and ARGV[10] == epoch) or (not isOther and epoch == ARGV[1] and seen > seq)

if isGone or isOther or (not isLook and durable ~= (keeper ~= '' and '1' or '0')) then
  -- A server that was a replica may lack what its file of that time did not need to have.
  local isDurable = keeper == 'R' or (keeper == 'F'
    and string.match(call('INFO', 'replication'), 'master_replid2:(%x+)') == string.rep('0', 40))
  local continued = not isGone and durable == '1' and isDurable
  durable = isDurable and '1' or '0'
  call('HSET', STATE, 'durable', durable)
  if isGone or isOther then
    local before = call('HMGET', STATE, 'first', 'past')
    local past = ''
    local parent, parentEnd, parentSeen = epoch or ARGV[1], seq, (not epoch or epoch == ARGV[1]) and seen or 0
    if continued then
      local segments = {}
      for segment in string.gmatch(before[2] .. ' ' .. epoch .. ':' .. before[1] .. ':' .. text(seq), '%S+') do
        segments[#segments + 1] = segment
      end
      past = table.concat(segments, ' ', math.max(1, #segments - MAX_PAST + 1))
    else
      life = ARGV[4]
      for _, key in ipairs({ GIVEN, NAMES, MARKS, LATEST }) do
        call('PEXPIRE', key, ARGV[7])
      end
    end
    local newest = call('XREVRANGE', STREAM, '+', '-', 'COUNT', 1)[1]
    local last = newest and tonumber(string.match(newest[1], '^%d+')) or 0
    seq = math.max(seq, seen, last)
    if seq > 0 then
      seq = seq + GAP
    end
    epoch, sub = ARGV[4], 1
    call('XADD', STREAM, text(seq) .. '-1', 'm', epoch .. ' ' .. stamp .. ' ' .. text(size), 'b',
      (continued and 'continued ' or 'restarted ') .. parent .. ' ' .. text(parentEnd) .. ' ' .. text(parentSeen))
    call('HSET', STATE, 'epoch', epoch, 'first', text(seq), 'seq', text(seq), 'sub', 1, 'life', life, 'run', run,
      'past', past, 'parent', parent, 'end', text(parentEnd), 'seen',
      text(parentSeen))
    if not continued then
      call('HSET', STATE, 'given', 0, 'others', text(seq))
    end
  end
end

if isLook then
  -- Nothing that a node has sent an hour ago can still be on its way.
  local fields = call('HGETALL', STATE)
  for i = 1, #fields, 2 do
    if string.sub(fields[i], 1, #APPENDED) == APPENDED
      and now - tonumber(string.match(fields[i + 1], '^%d+')) > KNOWN_FOR then
      call('HDEL', STATE, fields[i])
    end
  end
  local rest = call('HMGET', STATE, 'first', 'past', 'others', 'parent', 'end', 'seen')
  return { epoch, text(seq), text(sub), life, stamp, unpack(rest) }
end
if life ~= ARGV[3] then
  return { life, '' }
end

local newest = known and tonumber(string.match(known, '^%d+ (%d+)')) or 0
local appended = {}
local answer = { life, '' }
local last, isNew, isTold, kept
local at = 9
while at <= #ARGV do
  local operation, position, sequence, id, record = ARGV[at], '', nil, nil, nil
  local length = LENGTHS[operation]
  if operation == 'P' or operation == 'E' then
    last, record = ARGV[at + 1], ARGV[at + length - 1]
    if tonumber(last) > newest then
      seq, sub = seq + 1, 0
      sequence = text(seq)
      id, position, isNew = sequence .. '-0', epoch .. '-' .. sequence, true
    else
      position = string.match(known, ' ' .. last .. ':(%S+)') or ''
    end
    appended[#appended + 1] = last .. ':' .. position
  elseif operation == 'A' then
    position = text(seq) .. '-' .. text(sub)
  else
    sub = sub + 1
    id, record = text(seq) .. '-' .. text(sub), ARGV[at + length - 1]
    isTold = true
  end
  if id then
    size = size + #record
    call('XADD', STREAM, id, 'm', string.format('%s %s %.0f', epoch, stamp, size), 'r', record)
  end
  if operation == 'F' or operation == 'I' or (operation == 'E' and id) then
    -- Made when they are needed first: functions cost more than the calls of most events.
    if not kept then
      local function lostOfOthers()
        return tonumber(call('HGET', STATE, 'others'))
      end

      local function markOf(channel)
        local mark = call('HGET', MARKS, channel)
        if mark then
          local lost, bytes, expires = string.match(mark, '(%d+) (%d+) (%d+)')
          return tonumber(lost), tonumber(bytes), tonumber(expires)
        end
        return lostOfOthers(), 0, 0
      end

      local function mark(channel, lost, bytes, expires)
        call('HSET', MARKS, channel, string.format('%.0f %.0f %.0f', lost, bytes, expires))
      end

      -- Channels whose history is gone share one mark when there are too many of them.
      local function boundNames()
        if seq % 64 ~= 0 or call('ZCARD', NAMES) <= MAX_NAMES then
          return
        end
        local oldest = call('ZRANGE', NAMES, 0, 255, 'WITHSCORES')
        local others = lostOfOthers()
        for i = 1, #oldest, 2 do
          local _, _, expires = markOf(oldest[i])
          if expires < now then
            others = math.max(others, tonumber(oldest[i + 1]))
            call('ZREM', NAMES, oldest[i])
            call('HDEL', MARKS, oldest[i])
          end
        end
        call('HSET', STATE, 'others', text(others))
      end

      local function retain(history, channel, maxEvents, maxAge, maxSize, bytes, record)
        local lost, total = markOf(channel)
        local length = call('XLEN', history)
        if length == 0 then
          lost = math.max(lost, tonumber(call('ZSCORE', NAMES, channel) or 0))
        end
        call('XADD', history, text(seq) .. '-0', 'm', epoch .. ' ' .. stamp .. ' ' .. text(total), 'r', record)
        total = total + bytes
        length = length + 1
        while length > 1 do
          local oldest = call('XRANGE', history, '-', '+', 'COUNT', 1)[1]
          local since, before = string.match(oldest[2][2], ' (%d+) (%d+)')
          if not ((maxEvents > 0 and length > maxEvents) or (maxSize > 0 and total - tonumber(before) > maxSize)
              or (maxAge > 0 and now - tonumber(since) > maxAge)) then
            break
          end
          call('XDEL', history, oldest[1])
          lost = tonumber(string.match(oldest[1], '^%d+'))
          length = length - 1
        end
        local keep = maxAge > 0 and maxAge or tonumber(ARGV[7])
        call('PEXPIRE', history, keep)
        call('ZADD', NAMES, text(seq), channel)
        mark(channel, lost, total, now + keep)
        boundNames()
      end

      local function remember(...)
        local given = call('HINCRBY', STATE, 'given', 1)
        call('XADD', GIVEN, 'MAXLEN', MAX_GIVEN, text(given) .. '-1', ...)
      end

      local function note(at)
        remember('r', ARGV[at])
      end

      -- Keeps what has been appended as the operation says.
      local function keep(at, position, sequence)
        local history, id, latest, record = tonumber(ARGV[at + 1]), ARGV[at + 7], ARGV[at + 8], ARGV[at + 9]
        if id ~= '' then
          remember('i', id, 'p', position)
        end
        if latest ~= '' then
          call('HSET', LATEST, latest, position .. '\n' .. record)
        end
        if history > 0 then
          local bytes = tonumber(ARGV[at + 6]) + (id == '' and #sequence or 0)
          retain(KEYS[history], ARGV[at + 2], tonumber(ARGV[at + 3]), tonumber(ARGV[at + 4]), tonumber(ARGV[at + 5]), bytes,
            record)
        end
      end

      local function forget(at)
        local history, channel, upTo = KEYS[tonumber(ARGV[at])], ARGV[at + 1], tonumber(ARGV[at + 2])
        local newest = call('ZSCORE', NAMES, channel)
        if newest then
          local lost, total, expires = markOf(channel)
          call('XTRIM', history, 'MINID', text(upTo + 1) .. '-0')
          if tonumber(newest) <= upTo then
            call('DEL', history)
            expires = 0
          end
          mark(channel, math.max(lost, math.min(upTo, tonumber(newest))), total, expires)
        end
      end

      kept = { E = keep, F = forget, I = note }
    end
    kept[operation](at + 1, position, sequence)
  end
  answer[#answer + 1] = position
  at = at + length
end

-- What nodes have had time to read goes, a part at a time: up to an event that is looked up by its sequence, since reading
-- all that goes would keep the events waiting that come now. Where that is too much it is read, record by record.
local backlog = tonumber(ARGV[6])
local parts = 0
while size - cut > backlog + backlog / 4 and parts < MAX_PARTS do
  -- The size of all up to a record, if it says so
  local function sizeAt(record)
    return tonumber(string.match(record[2][2], '^%S+ %d+ (%d+)'))
  end

  local oldest = call('XRANGE', STREAM, '-', '+', 'COUNT', 1)[1]
  local start = text(tonumber(string.match(oldest[1], '^%d+')) + PART) .. '-0'
  local kept = call('XRANGE', STREAM, start, '+', 'COUNT', 1)[1]
  local gone = kept and sizeAt(kept)
  if gone and kept[2][3] == 'r' then
    gone = gone - #kept[2][4]
  end
  if not gone or size - gone < backlog then
    local records = call('XRANGE', STREAM, '-', '+', 'COUNT', PART)
    local first = 1
    gone = cut
    while first < #records and size - gone > backlog do
      gone = sizeAt(records[first]) or gone
      first = first + 1
    end
    if first == 1 then
      break
    end
    kept = records[first]
  end
  cut = gone
  call('XTRIM', STREAM, 'MINID', kept[1])
  call('HSET', STATE, 'cut', text(cut))
  parts = parts + 1
end

if isNew then
  call('HSET', STATE, 'seq', text(seq), 'sub', sub, 'size', text(size), node,
    stamp .. ' ' .. last .. ' ' .. table.concat(appended, ' '))
else
  call('HSET', STATE, 'seq', text(seq), 'sub', sub, 'size', text(size))
end
-- How long the stream is interests operators alone: what nodes tell each other every second is often enough.
if isTold then
  answer[2] = call('XLEN', STREAM)
end
return answer
