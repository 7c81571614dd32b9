-- The workloads of bench/run, for wrk: wrk … -s workload.lua URL -- chat|paced|messages TOKEN
-- The request is built once, before the run: the load generator costs the same for every proxy.

local CHAT_BYTES = 1024
local MESSAGES_BYTES = 115000

-- Text as agents send it: prose, line breaks and quotes (escaped in JSON), code.
local SENTENCES = {
  'Read the file before you edit it, and keep the style of the lines around it.\\n',
  'Use the tool only when the answer is not in the conversation \\"already\\".\\n',
  '  - run the narrowest test first: `mvn -pl core test -Dtest=ScopeTest`\\n',
  'Never write a secret to a file, a log line or a commit message.\\n\\n',
  '    if (left.isZero()) {\\n      return new Exhausted(windowEnds);\\n    }\\n',
  'When a command fails, say which one, what it printed and what you tried.\\n',
}

local function text(bytes)
  local parts, length, next_one = {}, 0, 1
  while length + #SENTENCES[next_one] <= bytes do
    parts[#parts + 1] = SENTENCES[next_one]
    length = length + #SENTENCES[next_one]
    next_one = next_one % #SENTENCES + 1
  end
  parts[#parts + 1] = string.rep('.', bytes - length)
  return table.concat(parts)
end

-- Fills the only %TEXT% of a body, so that the whole has exactly so many bytes.
local function filled(body, bytes)
  local first, last = string.find(body, '%TEXT%', 1, true)
  local missing = bytes - (#body - #'%TEXT%')
  return string.sub(body, 1, first - 1) .. text(missing) .. string.sub(body, last + 1)
end

local function tool(number)
  return string.format(
    '{"name":"Tool%02d","description":"%s","input_schema":{"type":"object","properties":'
      .. '{"path":{"type":"string","description":"The absolute path"},"limit":{"type":"number",'
      .. '"minimum":1},"pattern":{"type":"string"},"flags":{"type":"array","items":'
      .. '{"type":"string","enum":["-i","-n","-A","-B"]}}},"required":["path"],'
      .. '"additionalProperties":false,"$schema":"http://json-schema.org/draft-07/schema#"}}',
    number, text(3000))
end

local function tools()
  local all = {}
  for number = 1, 24 do
    all[number] = tool(number)
  end
  return table.concat(all, ',')
end

local function chat(token)
  wrk.path = '/bench-chat/v1/chat/completions'
  wrk.headers['Authorization'] = 'Bearer ' .. token
  wrk.headers['Accept'] = 'application/json'
  wrk.headers['User-Agent'] = 'OpenAI/Python 3.54.0'
  wrk.body = filled(
    '{"messages":[{"role":"system","content":"Answer in one sentence."},'
      .. '{"role":"user","content":"%TEXT%"}],"model":"bench-small","temperature":0.2,'
      .. '"max_tokens":256,"user":"bench"}',
    CHAT_BYTES)
end

-- The order of the fields is Claude Code's: what the proxy looks for stands first and last.
local function messages(token)
  wrk.path = '/bench-messages/v1/messages?beta=true'
  wrk.headers['X-Api-Key'] = token
  wrk.headers['Accept'] = 'application/json'
  wrk.headers['User-Agent'] = 'claude-cli/2.1.0 (external, cli)'
  wrk.headers['Anthropic-Version'] = '2023-06-01'
  wrk.headers['Anthropic-Beta'] = 'claude-code-20250219,interleaved-thinking-2025-05-14'
  wrk.headers['X-App'] = 'cli'
  wrk.headers['X-Claude-Code-Session-Id'] = '5f0c6a52-2f0e-4f0b-9d43-0f6f2f6d2b11'
  wrk.headers['X-Stainless-Lang'] = 'js'
  wrk.headers['X-Stainless-Runtime'] = 'node'
  wrk.headers['X-Stainless-Retry-Count'] = '0'
  wrk.headers['X-Stainless-Timeout'] = '600'
  wrk.headers['Accept-Encoding'] = 'gzip, deflate, br, zstd'
  wrk.body = filled(
    '{"model":"bench-large","messages":[{"role":"user","content":[{"type":"text","text":"'
      .. text(4000) .. '"},{"type":"text","text":"Fix the build.","cache_control":'
      .. '{"type":"ephemeral"}}]}],"system":[{"type":"text","text":"You are a coding agent."},'
      .. '{"type":"text","text":"%TEXT%","cache_control":{"type":"ephemeral"}}],"tools":['
      .. tools() .. '],"metadata":{"user_id":"bench"},"max_tokens":32000,"thinking":'
      .. '{"type":"enabled","budget_tokens":8000},"stream":true}',
    MESSAGES_BYTES)
end

-- As chat, but every connection rests between two calls: all proxies get about as many.
local function paced(token)
  chat(token)
  function delay()
    return math.random(5, 13)
  end
end

function init(args)
  wrk.method = 'POST'
  wrk.headers['Content-Type'] = 'application/json'
  local workloads = { chat = chat, paced = paced, messages = messages }
  workloads[args[1]](args[2])
end

-- One line for bench/run: calls, run time, latencies (all times in microseconds), and what failed.
function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    'RESULT %d %d %d %d %d %d\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
