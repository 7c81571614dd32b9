package io.keyfront.protocols.bound;

import static io.keyfront.core.provider.Protocol.ANTHROPIC_MESSAGES;
import static io.keyfront.core.provider.Protocol.GEMINI;
import static io.keyfront.core.provider.Protocol.OPENAI_CHAT;
import static io.keyfront.core.provider.Protocol.OPENAI_EMBEDDINGS;
import static io.keyfront.core.provider.Protocol.OPENAI_RESPONSES;
import static io.keyfront.protocols.bound.Json.asked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keyfront.core.fault.Fault;
import io.keyfront.core.fault.Refused;
import io.keyfront.core.provider.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskedForTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ANTHROPIC_MESSAGES|'system':'s','messages':[{'role':'user','content':'hi'}]",
        "ANTHROPIC_MESSAGES|'system':[{'type':'text','text':'s','cache_control':{'type':'ephemeral'}}],'messages':[{'role':'assistant','content':[{'type':'thinking','thinking':'t','signature':'AAAA'},{'type':'redacted_thinking','data':'AAAA'},{'type':'tool_use','id':'1','name':'n','input':{'type':'document','file_id':'x','source':{'type':'url'}}}]},{'role':'user','content':[{'type':'tool_result','tool_use_id':'1','content':[{'type':'text','text':'r'}]},{'type':'tool_result','tool_use_id':'1','content':'r'},{'type':'tool_result','tool_use_id':'1'}]}]",
        "ANTHROPIC_MESSAGES|'messages':[],'tools':[{'name':'n','input_schema':{'type':'web_search_1','properties':{'type':{'type':'document'},'file_id':{'type':'string'},'max_uses':{}}}}],'context_management':{'edits':[{'type':'clear_thinking_20251015','keep':'all'}]},'metadata':{'user_id':'u'},'container':null",
        "OPENAI_CHAT|'messages':[{'role':'system','content':'s'},{'role':'assistant','content':null,'tool_calls':[{'id':'1','type':'function','function':{'name':'n','arguments':'{}'}}]},{'role':'tool','tool_call_id':'1','content':[{'type':'text','text':'r'}]},{'role':'assistant','content':[{'type':'refusal','refusal':'no'}],'audio':null,'reasoning_details':[{'type':'reasoning.encrypted','data':'AA'}]}],'n':null,'web_search_options':null,'prediction':null,'modalities':['text'],'response_format':{'type':'json_schema','json_schema':{'schema':{'type':'file'}}}",
        "OPENAI_CHAT|'messages':[],'tools':[{'type':'function','function':{'name':'n','parameters':{'type':'object','properties':{'type':{'const':'web_search'}}}}}],'extra_body':{'google':{'thinking_config':{'include_thoughts':true},'cached_content':null}}",
        "OPENAI_RESPONSES|'instructions':'s','input':'hi','previous_response_id':null,'conversation':null,'prompt':null,'background':false",
        "OPENAI_RESPONSES|'input':[{'role':'user','content':'hi'},{'type':'message','id':'msg_1','role':'assistant','content':[{'type':'output_text','text':'t','annotations':[{'type':'file_citation'}]}]},{'type':'reasoning','id':'r','summary':[{'type':'summary_text','text':'t'}],'encrypted_content':'AA'},{'type':'function_call','call_id':'1','name':'n','arguments':'{}'},{'type':'function_call_output','call_id':'1','output':'r'},{'type':'custom_tool_call_output','call_id':'1','output':[{'type':'input_text','text':'t'}]},{'type':'web_search_call','status':'completed','action':{'type':'search','query':'q'}}]",
        "OPENAI_EMBEDDINGS|'input':['a','b'],'dimensions':5",
        "OPENAI_EMBEDDINGS|'input':[1,2,3]",
        "GEMINI|'contents':[{'role':'user','parts':[{'text':'hi'},{'thought':true,'text':'t','thoughtSignature':'AA'},{'functionCall':{'name':'n','args':{'fileData':{},'inlineData':{}}}},{'functionResponse':{'name':'n','response':{'fileData':{'fileUri':'x'}}}},{'function_response':{'name':'n','response':{},'parts':[]}},{'executableCode':{'code':'c'}},{'codeExecutionResult':{'output':'o'}}]}],'systemInstruction':{'parts':[{'text':'s'}]},'cachedContent':null,'safetySettings':[{'category':'x'}]",
        "GEMINI|'contents':{'parts':{'text':'hi'}},'tools':[{'functionDeclarations':[{'name':'n','parameters':{'type':'OBJECT','properties':{'googleSearch':{'type':'STRING'}}}}],'googleSearch':null}]",
      })
  void bodyOfTextToolsAndResultsShowsItsWholeSize(Protocol protocol, String fields) {
    var asked = asked(protocol, fields);

    assertThat(asked.prompt().unbounded()).isFalse();
    assertThat(asked.serverTools()).isEqualTo(new AskedFor.ServerTools(0, 0));
    assertThat(asked.prompt().images()).isZero();
    assertThat(asked.prompt().bytes()).isEqualTo(Json.body(protocol, fields).length);
    assertThat(asked.output().choices()).isEqualTo(1);
    assertThat(asked.media()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ANTHROPIC_MESSAGES|'messages':[{'role':'user','content':[{'type':'document','source':{'type':'base64','media_type':'application/pdf','data':'AAAA'}}]}]",
        "ANTHROPIC_MESSAGES|'messages':[{'role':'user','content':[{'type':'document','source':{'type':'text','data':'t'}}]}]",
        "ANTHROPIC_MESSAGES|'messages':[{'role':'user','content':[{'source':{'url':'https://x','type':'url'},'type':'image'}]}]",
        "ANTHROPIC_MESSAGES|'messages':[{'role':'user','content':[{'type':'image','source':{'type':'file','file_id':'f'}}]}]",
        "ANTHROPIC_MESSAGES|'messages':[{'role':'user','content':[{'type':'image'}]}]",
        "ANTHROPIC_MESSAGES|'messages':[{'role':'user','content':[{'type':'image','source':{'type':'base64'}}]}]",
        "ANTHROPIC_MESSAGES|'messages':[{'role':'user','content':[{'type':'container_upload','file_id':'f'}]}]",
        "ANTHROPIC_MESSAGES|'messages':[{'role':'user','content':[{'type':'something_new'}]}]",
        "ANTHROPIC_MESSAGES|'messages':[{'role':'user','content':[{'text':'no type'}]}]",
        "ANTHROPIC_MESSAGES|'messages':[{'role':'user','content':[{'type':'text','type':'document','text':'t'}]}]",
        "ANTHROPIC_MESSAGES|'messages':[{'role':'user','content':[{'type':'document','type':'text','text':'t'}]}]",
        "ANTHROPIC_MESSAGES|'messages':[{'role':'user','content':[{'\\u0074ype':'d\\u006fcument'}]}]",
        "ANTHROPIC_MESSAGES|'messages':[{'role':'user','content':[{'Type':'document','type':'text'}]}]",
        "ANTHROPIC_MESSAGES|'messages':[{'role':'user','content':[{'content':[{'type':'document'}],'type':'tool_result'}]}]",
        "ANTHROPIC_MESSAGES|'messages':[{'role':'user','content':[{'type':'document'}],'content':'t'}]",
        "ANTHROPIC_MESSAGES|'messages':[{'role':'user','content':[{'type':'web_search_tool_result','content':[]}]}]",
        "ANTHROPIC_MESSAGES|'system':[{'type':'document'}],'messages':[]",
        "ANTHROPIC_MESSAGES|'messages':[],'container':'container_1'",
        "ANTHROPIC_MESSAGES|'messages':[],'container':{'skills':[]}",
        "OPENAI_CHAT|'messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'https://x/y.png'}}]}]",
        "OPENAI_CHAT|'messages':[{'role':'user','content':[{'type':'image_url','image_url':'https://x/y.png'}]}]",
        "OPENAI_CHAT|'messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:image/png;base64,AA','url':'https://x'}}]}]",
        "OPENAI_CHAT|'messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:text/plain,AA'}}]}]",
        "OPENAI_CHAT|'messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':5}}]}]",
        "OPENAI_CHAT|'messages':[{'role':'user','content':[{'type':'file','file':{'file_data':'AA'}}]}]",
        "OPENAI_CHAT|'messages':[{'role':'user','content':[{'type':'text','text':'t','file':{'file_id':'f'}}]}]",
        "OPENAI_CHAT|'messages':[{'role':'user','content':[{'type':'video_url','video_url':{'url':'https://x'}}]}]",
        "OPENAI_CHAT|'messages':[{'role':'user','content':[[{'type':'file'}]]}]",
        "OPENAI_CHAT|'messages':[],'cached_content':'cachedContents/1'",
        "OPENAI_CHAT|'messages':[],'extra_body':{'google':{'cachedContent':'cachedContents/1'}}",
        "OPENAI_RESPONSES|'input':'a','previous_response_id':'resp_1'",
        "OPENAI_RESPONSES|'input':'a','conversation':{'id':'conv_1'}",
        "OPENAI_RESPONSES|'input':'a','prompt':{'id':'pmpt_1'}",
        "OPENAI_RESPONSES|'input':[{'type':'item_reference','id':'msg_1'}]",
        "OPENAI_RESPONSES|'input':[{'id':'msg_1'}]",
        "OPENAI_RESPONSES|'input':[{'id':'msg_1','type':null,'role':'user'}]",
        "OPENAI_RESPONSES|'input':[{'role':'user','content':[{'type':'input_image','file_id':'f'}]}]",
        "OPENAI_RESPONSES|'input':[{'role':'user','content':[{'type':'input_image','image_url':'https://x'}]}]",
        "OPENAI_RESPONSES|'input':[{'role':'user','content':[{'type':'input_file','file_url':'https://x'}]}]",
        "OPENAI_RESPONSES|'input':[{'type':'function_call_output','output':[{'type':'input_file','file_data':'AA'}]}]",
        "OPENAI_RESPONSES|'input':[{'type':'code_interpreter_call','container_id':'c'}]",
        "OPENAI_EMBEDDINGS|'input':[{'image':'https://x'}]",
        "GEMINI|'contents':[{'parts':[{'fileData':{'fileUri':'https://x'}}]}]",
        "GEMINI|'contents':[{'parts':[{'file_data':{'file_uri':'https://x'}}]}]",
        "GEMINI|'contents':[{'parts':[{'inlineData':{'mimeType':'application/pdf','data':'AA'}}]}]",
        "GEMINI|'contents':[{'parts':[{'inline_data':{'mime_type':'video/mp4','data':'AA'}}]}]",
        "GEMINI|'contents':[{'parts':[{'inlineData':{'mimeType':'application/pdf','mimeType':'image/png','data':'AA'}}]}]",
        "GEMINI|'contents':[{'parts':[{'inlineData':{'data':'AA'}}]}]",
        "GEMINI|'contents':[{'parts':[{'somethingNew':{}}]}]",
        "GEMINI|'contents':[{'parts':[{'functionResponse':{'parts':[{'fileData':{}}]}}]}]",
        "GEMINI|'system_instruction':{'parts':[{'fileData':{}}]}",
        "GEMINI|'cached_content':'cachedContents/1'",
      })
  void whatHidesItsSizeMakesTheBodyUnbounded(Protocol protocol, String fields) {
    assertThat(asked(protocol, fields).prompt().unbounded()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ANTHROPIC_MESSAGES|'messages':[{'role':'user','content':[{'type':'image','source':{'type':'base64','media_type':'image/png','data':'AAAA'}}]}]|1|4",
        "ANTHROPIC_MESSAGES|'messages':[{'role':'user','content':[{'type':'tool_result','content':[{'source':{'data':'AAAAAA','type':'base64'},'type':'image'},{'type':'image','source':{'type':'base64','data':'AA'}}]}]}]|2|8",
        "ANTHROPIC_MESSAGES|'messages':[{'role':'user','content':[{'type':'image','source':{'type':'base64','data':'AAAA','data':'AA'}}]}]|2|0",
        "ANTHROPIC_MESSAGES|'messages':[{'role':'user','content':[{'type':'text','text':'t','source':{'type':'base64','data':'AAAA'}}]}]|1|0",
        "OPENAI_CHAT|'messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:image/png;base64,AAAA','detail':'high'}}]}]|1|26",
        "OPENAI_CHAT|'messages':[{'role':'user','content':[{'type':'image_url','image_url':'data:image\\/png;base64,A\\/AA'}]}]|1|28",
        "OPENAI_RESPONSES|'input':[{'role':'user','content':[{'type':'input_image','image_url':'data:image/png;base64,AAAA'}]}]|1|26",
        "OPENAI_RESPONSES|'input':[{'type':'computer_call_output','output':{'type':'computer_screenshot','image_url':'data:image/png;base64,AAAA'}}]|1|26",
        "GEMINI|'contents':[{'parts':[{'inlineData':{'mimeType':'image/png','data':'AAAA'}},{'inline_data':{'data':'AA','mime_type':'IMAGE/JPEG'}}]}]|2|6",
        "GEMINI|'contents':[{'parts':[{'functionResponse':{'parts':[{'inlineData':{'mimeType':'image/png','data':'AAAA'}}]}}]}]|1|4",
      })
  void inlineImagesAreCountedAndTheirDataIsNoText(
      Protocol protocol, String fields, long images, long bytes) {
    var prompt = asked(protocol, fields).prompt();

    assertThat(prompt.images()).isEqualTo(images);
    assertThat(prompt.imageBytes()).isEqualTo(bytes);
    assertThat(prompt.unbounded()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ANTHROPIC_MESSAGES|'tools':[{'name':'a'},{'type':'custom','name':'b'}]|2|0|0|0",
        "ANTHROPIC_MESSAGES|'tools':[{'type':'bash_20250124','name':'bash'},{'type':'computer_20250124'}]|0|2|0|0",
        "ANTHROPIC_MESSAGES|'tools':[{'type':'web_search_20250305','max_uses':5}]|1|0|5|5",
        "ANTHROPIC_MESSAGES|'tools':[{'max_uses':3,'type':'web_search_20250305','max_uses':2}]|1|0|3|3",
        "ANTHROPIC_MESSAGES|'tools':[{'type':'web_search_20250305','max_uses':null}]|1|0|10|10",
        "ANTHROPIC_MESSAGES|'tools':[{'type':'web_fetch_20250910','max_uses':4}]|1|0|4|0",
        "ANTHROPIC_MESSAGES|'tools':[{'type':'code_execution_20250825','max_uses':0}]|1|0|10|0",
        "ANTHROPIC_MESSAGES|'tools':[{'type':'custom','type':'code_execution_20250825'}]|1|0|10|0",
        "ANTHROPIC_MESSAGES|'tools':[{'type':'something_new'}],'mcp_servers':[{'url':'https://x'},{}]|1|0|30|0",
        "ANTHROPIC_MESSAGES|'context_management':{'edits':[{'type':'clear_tool_uses'},{'type':'compact_1'}]}|0|0|1|0",
        "OPENAI_CHAT|'tools':[{'type':'function'}],'functions':[{},{}]|3|0|0|0",
        "OPENAI_CHAT|'tools':[{'type':'browser_search'},{'type':'code_interpreter'}]|2|0|20|10",
        "OPENAI_CHAT|'web_search_options':{}|0|0|10|10",
        "OPENAI_CHAT|'plugins':[{'id':'web'}],'search_parameters':{'mode':'auto'}|0|0|20|10",
        "OPENAI_RESPONSES|'tools':[{'type':'function'},{'type':'custom'},{'type':'local_shell'}]|2|1|0|0",
        "OPENAI_RESPONSES|'tools':[{'type':'namespace','tools':[{'type':'function'},{'type':'web_search'}]}]|2|0|10|10",
        "OPENAI_RESPONSES|'tools':[{'type':'web_search_preview'},{'type':'file_search'},{'type':'mcp'}]|3|0|30|10",
        "OPENAI_RESPONSES|'tools':[{'type':'web_search'},{'type':'image_generation'}],'max_tool_calls':3|2|0|3|3",
        "OPENAI_RESPONSES|'tools':[{'type':'function'}],'max_tool_calls':3|1|0|0|0",
        "GEMINI|'tools':[{'functionDeclarations':[{},{}]},{'function_declarations':[{}]}]|3|0|0|0",
        "GEMINI|'tools':[{'googleSearch':{}},{'url_context':{}},{'codeExecution':{}}]|0|0|30|10",
        "GEMINI|'tools':{'google_search':{},'computerUse':{}}|0|1|10|10",
      })
  void toolsAreCountedByWhoRunsThem(
      Protocol protocol, String fields, long tools, long builtIn, long uses, long searches) {
    var asked = asked(protocol, fields);

    assertThat(asked.prompt().tools()).isEqualTo(tools);
    assertThat(asked.prompt().builtInTools()).isEqualTo(builtIn);
    assertThat(asked.serverTools()).isEqualTo(new AskedFor.ServerTools(uses, searches));
  }

  @Test
  void referenceToAToolCountsAsItsLargestDescription() {
    var asked =
        asked(
            ANTHROPIC_MESSAGES,
            "'tools':[{'name':'a'},{'name':'longer'}],'messages':[{'role':'user','content':["
                + "{'type':'tool_result','content':[{'type':'tool_reference','tool_name':'a'},{'type':'tool_reference'}]}]}]");

    assertThat(asked.prompt().expansion()).isEqualTo(2L * "{'name':'longer'}".length());
    assertThat(asked.prompt().unbounded()).isFalse();
  }

  @Test
  void outputTierAndTheRestAreRead() {
    var messages =
        asked(
            ANTHROPIC_MESSAGES,
            "'max_tokens':9,'thinking':{'type':'enabled','budget_tokens':7},'service_tier':'auto','speed':'fast'");
    var chat =
        asked(
            OPENAI_CHAT,
            "'max_tokens':9,'n':3,'best_of':5,'prediction':{'type':'content'},'service_tier':'flex','modalities':['text','audio']");
    var gemini =
        asked(
            GEMINI,
            "'generationConfig':{'candidateCount':4,'thinkingConfig':{'thinkingBudget':-1},'responseModalities':['IMAGE']}");
    var responses = asked(OPENAI_RESPONSES, "'background':true,'service_tier':null");

    assertThat(messages.output().maximum()).hasValue(9);
    assertThat(messages.output().thinkingBudget()).hasValue(7);
    assertThat(messages.serviceTier()).hasValue("fast");
    assertThat(chat.output().choices()).isEqualTo(5);
    assertThat(chat.output().prediction()).isTrue();
    assertThat(chat.serviceTier()).hasValue("flex");
    assertThat(chat.media()).isTrue();
    assertThat(gemini.output().choices()).isEqualTo(4);
    assertThat(gemini.output().thinkingBudget()).isEmpty();
    assertThat(gemini.media()).isTrue();
    assertThat(responses.background()).isTrue();
    assertThat(responses.serviceTier()).isEmpty();
  }

  @Test
  void embeddingsHaveAWindowForEachInputAndNoOutput() {
    var several = asked(OPENAI_EMBEDDINGS, "'input':['a','b',[1,2]]");
    var one = asked(OPENAI_EMBEDDINGS, "'input':'a'");

    assertThat(several.prompt().inputs()).isEqualTo(3);
    assertThat(one.prompt().inputs()).isEqualTo(1);
    assertThat(one.output().maximum()).hasValue(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ANTHROPIC_MESSAGES|'tools':[],'tools':[]|field_repeated",
        "ANTHROPIC_MESSAGES|'messages':[],'m\\u0065ssages':[]|field_repeated",
        "ANTHROPIC_MESSAGES|'Tools':[]|field_wrong",
        "ANTHROPIC_MESSAGES|'thinking':{'budget_tokens':1,'budget_tokens':2}|field_repeated",
        "ANTHROPIC_MESSAGES|'thinking':{'budget_tokens':'9'}|field_wrong",
        "ANTHROPIC_MESSAGES|'tools':[{'max_uses':1.5}]|field_wrong",
        "ANTHROPIC_MESSAGES|'service_tier':5|field_wrong",
        "OPENAI_CHAT|'n':'9'|field_wrong",
        "OPENAI_CHAT|'n':-1|field_wrong",
        "OPENAI_CHAT|'n':2147483648|field_wrong",
        "OPENAI_RESPONSES|'background':'yes'|field_wrong",
        "GEMINI|'systemInstruction':{},'system_instruction':{}|field_repeated",
        "GEMINI|'generationConfig':{'candidateCount':'8'}|field_wrong",
        "GEMINI|'generationConfig':{'thinkingConfig':{'thinkingBudget':1,'thinking_budget':1}}|field_repeated",
        "GEMINI|'generationConfig':{'thinkingConfig':{'thinkingBudget':-2}}|field_wrong",
      })
  void fieldThatCouldBeReadInTwoWaysIsRefused(Protocol protocol, String fields, String code) {
    assertThat(refusal(protocol, fields).code()).isEqualTo(code);
  }

  private static Fault refusal(Protocol protocol, String fields) {
    return catchThrowableOfType(Refused.class, () -> asked(protocol, fields)).fault();
  }
}
