"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { posts, rows, names, words, sizes } = data;
  const [POST, KIND, LABEL, START, END, VALUE, UNIT, WHO, WHAT, WAY, PERIOD, CERTAINTY, SOURCE, REVIEW, OBJECT] = Array.from(Array(15).keys());
  const byId = (id) => document.getElementById(id);
  const name = (value) => (Object.hasOwn(names, value) ? names[value] : value);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const make = (tag, text, classes) => {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    if (classes) element.className = classes;
    return element;
  };

  // Offsets count code points; strings here count UTF-16.
  const points = new Map();
  const pointsOf = (number) => {
    if (!points.has(number)) points.set(number, Array.from(posts[number][0]));
    return points.get(number);
  };
  const words_of = (row) => pointsOf(row[POST]).slice(row[START], row[END]).join("");
  const rowsOf = posts.map(() => []);
  for (const row of rows) rowsOf[row[POST]].push(row);

  const told = (row) => [name(row[KIND]) + " · " + name(row[LABEL]), row[WHO], row[WHAT], row[OBJECT], row[VALUE] + row[UNIT],
    row[WAY] && name(row[WAY]), row[PERIOD], row[CERTAINTY] && name(row[CERTAINTY]), row[SOURCE]].filter(Boolean).join("\n");

  // The table.
  const haystacks = rows.map((row) => [words_of(row), row[WHO], row[WHAT], row[SOURCE], row[OBJECT], row[PERIOD],
    posts[row[POST]][1], posts[row[POST]][2], posts[row[POST]][3]].join("\n").toLowerCase());
  let found = rows.map((_, place) => place);
  let rowPage = 0;
  const body = byId("rows").tBodies[0];

  const drawRow = (row) => {
    const line = make("tr");
    const cell = (text, element) => {
      const made = make("td", element ? "" : text);
      if (element) made.append(element);
      line.append(made);
    };
    cell("", make("span", name(row[KIND]) + (row[KIND] === row[LABEL] ? "" : " · " + name(row[LABEL])), "kind " + row[KIND]));
    cell(words_of(row));
    cell([row[VALUE], row[UNIT]].filter(Boolean).join(" "));
    cell(row[WHO]);
    cell([row[WHAT], row[WAY] && name(row[WAY])].filter(Boolean).join(" "));
    cell(row[PERIOD]);
    cell(row[CERTAINTY] && name(row[CERTAINTY]));
    cell(row[SOURCE]);
    cell("", row[REVIEW] ? make("span", name(row[REVIEW]), "kind " + row[REVIEW]) : make("span"));
    const link = make("button", posts[row[POST]][1] || words.untitled, "link");
    link.dataset.post = row[POST];
    cell("", link);
    return line;
  };
  const pager = (prefix, page, pages) => {
    byId(prefix + "-page").textContent = fill(words.page_of, { page: page + 1, pages });
    byId(prefix + "-back").disabled = page === 0;
    byId(prefix + "-on").disabled = page >= pages - 1;
  };
  const drawRows = () => {
    const pages = Math.max(1, Math.ceil(found.length / sizes[0]));
    rowPage = Math.min(rowPage, pages - 1);
    body.replaceChildren(...found.slice(rowPage * sizes[0], (rowPage + 1) * sizes[0]).map((place) => drawRow(rows[place])));
    byId("count").textContent = fill(words.found, { count: found.length.toLocaleString("en") });
    pager("rows", rowPage, pages);
  };
  const filter = () => {
    const wanted = byId("query").value.toLowerCase().split(/\s+/).filter(Boolean);
    const kind = byId("kind").value, certainty = byId("certainty-is").value, review = byId("review").value;
    found = [];
    rows.forEach((row, place) => {
      if (kind && row[KIND] !== kind) return;
      if (certainty && row[CERTAINTY] !== certainty) return;
      if (review && (row[REVIEW] || "-") !== review) return;
      if (wanted.every((word) => haystacks[place].includes(word))) found.push(place);
    });
    rowPage = 0;
    drawRows();
  };
  let waiting = 0;
  byId("query").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 120); });
  for (const id of ["kind", "certainty-is", "review"]) byId(id).addEventListener("change", filter);
  byId("rows-back").addEventListener("click", () => { rowPage -= 1; drawRows(); });
  byId("rows-on").addEventListener("click", () => { rowPage += 1; drawRows(); });

  // The posts, each finding marked where it stands: claims outside, mentions in them.
  let postPage = 0;
  const marked = (number) => {
    const text = pointsOf(number);
    const holder = make("p", "", "text");
    const spans = rowsOf[number].filter((row) => row[END] <= text.length);
    const claims = spans.filter((row) => row[KIND] === "claim"), mentions = spans.filter((row) => row[KIND] !== "claim");
    const cuts = Array.from(new Set([0, text.length, ...spans.flatMap((row) => [row[START], row[END]])])).sort((a, b) => a - b);
    const over = (some, start, end) => some.filter((row) => row[START] <= start && row[END] >= end);
    for (let place = 0; place + 1 < cuts.length; place += 1) {
      const start = cuts[place], end = cuts[place + 1];
      let piece = document.createTextNode(text.slice(start, end).join(""));
      for (const some of [over(mentions, start, end), over(claims, start, end)]) {
        if (!some.length) continue;
        const mark = make("mark", "", some[0][KIND]);
        mark.title = some.map(told).join("\n\n");
        mark.append(piece);
        if (some.some((row) => row[START] === start)) mark.tabIndex = 0;
        piece = mark;
      }
      holder.append(piece);
    }
    return holder;
  };
  const drawPost = (number) => {
    const [, title, forum, author, time] = posts[number];
    const article = make("article");
    article.id = "post-" + number;
    article.append(make("h3", title || words.untitled), make("p", [forum, author, time].filter(Boolean).join(" · "), "by"), marked(number));
    return article;
  };
  const drawPosts = () => {
    const pages = Math.max(1, Math.ceil(posts.length / sizes[1]));
    const numbers = posts.map((_, number) => number).slice(postPage * sizes[1], (postPage + 1) * sizes[1]);
    byId("texts").replaceChildren(...numbers.map(drawPost));
    pager("posts", postPage, pages);
  };
  byId("posts-back").addEventListener("click", () => { postPage -= 1; drawPosts(); });
  byId("posts-on").addEventListener("click", () => { postPage += 1; drawPosts(); });
  document.addEventListener("click", (event) => {
    const number = event.target.dataset && event.target.dataset.post;
    if (number === undefined || number === "") return;
    postPage = Math.floor(Number(number) / sizes[1]);
    drawPosts();
    const article = byId("post-" + number);
    article.classList.add("here");
    article.tabIndex = -1;
    article.focus({ preventScroll: true });
    article.scrollIntoView({ block: "start" });
  });

  drawRows();
  drawPosts();
})();
