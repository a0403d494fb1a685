/** The demo's sentences, in the language of the prompt. */

export type Language = 'en' | 'ko' | 'zh';

export interface Phrases {
  readonly about: string;
  readonly help: string;
  readonly markdown: string;
  readonly whichCity: string;
  readonly toolsAreOff: string;
  readonly thought: (prompt: string) => string;
}

export function languageOf(text: string): Language {
  if (/\p{Script=Hangul}/u.test(text)) return 'ko';
  const isJapanese = /\p{Script=Hiragana}|\p{Script=Katakana}/u.test(text);
  return /\p{Script=Han}/u.test(text) && !isJapanese ? 'zh' : 'en';
}

const commands = `\`\`\`sh
export OPENAI_API_KEY=...        # api.openai.com
export HF_TOKEN=...              # Hugging Face
banter profiles add NAME --kind openai --base-url URL
\`\`\``;

const code = `\`\`\`js
const total = [1, 2, 3].reduce((sum, n) => sum + n, 0); // 6
\`\`\``;

export const phrases: Readonly<Record<Language, Phrases>> = {
  en: {
    about: `Hello! I am banter's offline demo: a script, not a model, and I ask no server. To everything I do not recognise I say this, so here is how to reach a real one:

${commands}

Say \`help\` to see what the script knows.`,
    help: `I am a script that works offline. I recognise these:

- \`What time is it in Seoul?\` calls the tool get_time
- \`What is the weather in Paris?\` calls the tool get_weather
- \`count to 100\` writes a long answer, to try Ctrl+C on
- \`show markdown\` writes a list, a code block and a table
- \`think about it\` shows a thought before the answer

With a JSON schema I fill in sample values. For real answers add a server:

${commands}`,
    markdown: `## Markdown

Words can be **bold**, *italic* or \`code\`.

1. First
2. Second
   - and a point below it

${code}

| city | zone |
| --- | --- |
| Seoul | Asia/Seoul |
| Paris | Europe/Paris |

> Written by a script.`,
    whichCity: 'For which city? Ask for example: What is the weather in Seoul?',
    toolsAreOff:
      'That would take a tool, and it is not switched on. I am a script and know neither clocks nor weather.',
    thought: (prompt) =>
      `This thought is scripted, to show where thinking appears. The prompt has ${prompt.length} characters; I look for words I know.`,
  },
  ko: {
    about: `안녕하세요! 저는 banter의 오프라인 데모입니다. 모델이 아니라 정해진 대본이며, 어떤 서버에도 묻지 않습니다. 실제 서버에 연결하려면 다음과 같이 하세요.

${commands}

\`도움말\`이라고 쓰면 대본이 아는 것을 보여 드립니다.`,
    help: `저는 오프라인으로 동작하는 대본입니다. 다음을 알아봅니다.

- \`서울은 지금 몇 시야?\`: get_time 도구를 호출합니다
- \`부산 날씨 어때?\`: get_weather 도구를 호출합니다
- \`100까지 세어 줘\`: 긴 답을 씁니다 (Ctrl+C를 시험해 보세요)
- \`마크다운 보여 줘\`: 목록, 코드, 표를 씁니다
- \`생각해 봐\`: 답하기 전에 생각을 보여 줍니다

JSON 스키마를 주면 예시 값으로 채웁니다. 실제 답을 원하면 서버를 추가하세요.

${commands}`,
    markdown: `## 마크다운

**굵게**, *기울임*, \`코드\`를 쓸 수 있습니다.

1. 첫째
2. 둘째
   - 그 아래 항목

${code}

| 도시 | 시간대 |
| --- | --- |
| 서울 | Asia/Seoul |
| 파리 | Europe/Paris |

> 대본이 쓴 글입니다.`,
    whichCity: '어느 도시인가요? 예: 서울 날씨 어때?',
    toolsAreOff: '그 답에는 도구가 필요한데 지금은 꺼져 있습니다. 저는 대본이라 시각도 날씨도 모릅니다.',
    thought: (prompt) =>
      `이 생각은 정해진 대본으로, 생각이 어디에 나타나는지 보여 줍니다. 질문은 ${prompt.length}자이고, 아는 낱말을 찾습니다.`,
  },
  zh: {
    about: `你好！我是 banter 的离线演示：只是一段脚本，不是模型，也不询问任何服务器。要连接真正的服务器，请这样做：

${commands}

输入“帮助”可以看到脚本认识的内容。`,
    help: `我是一段离线运行的脚本，认识这些话：

- \`北京现在几点？\` 调用工具 get_time
- \`上海天气怎么样？\` 调用工具 get_weather
- \`数到 100\` 写一个长回答，可以试试 Ctrl+C
- \`show markdown\` 写列表、代码和表格
- \`思考一下\` 在回答之前显示思考

给出 JSON schema 时，我会填入示例值。想要真正的回答，请添加服务器：

${commands}`,
    markdown: `## Markdown

文字可以**加粗**、*倾斜*，也可以是 \`代码\`。

1. 第一
2. 第二
   - 下一级

${code}

| 城市 | 时区 |
| --- | --- |
| 北京 | Asia/Shanghai |
| 巴黎 | Europe/Paris |

> 由脚本写成。`,
    whichCity: '哪个城市？例如：北京天气怎么样？',
    toolsAreOff: '这需要工具，而工具现在是关闭的。我只是脚本，不知道时间和天气。',
    thought: (prompt) =>
      `这段思考是脚本写好的，用来展示思考出现的位置。问题有 ${prompt.length} 个字符，我在找认识的词。`,
  },
};
