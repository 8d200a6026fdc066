import { chromium } from "@playwright/test";
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox","--disable-gpu","--disable-background-networking"] });
const out = "/tmp/jshots"; import fs from "fs"; fs.rmSync(out,{recursive:true,force:true}); fs.mkdirSync(out);
for (const [w,h,dark] of [[360,740,false],[820,1100,true],[1440,900,false]]) {
  const c = await b.newContext({ viewport:{width:w,height:h}, colorScheme: dark?"dark":"light", baseURL:"http://127.0.0.1:3300" });
  const p = await c.newPage();
  for (const path of ["/forgot","/join"]) { await p.goto(path); await p.screenshot({path:`${out}/${w}-${path.replace(/\W+/g,"_")}.png`, fullPage:true}); }
  await p.goto("/sign-in"); await p.fill('[name=email]',"owner@nordwind.example"); await p.fill('[name=password]',"workshop-demo-2026"); await p.press('[name=password]','Enter'); await p.waitForURL(/dashboard/);
  const paths = ["/settings","/settings/members","/settings/roles","/settings/branches","/settings/branches/new","/settings/workshop","/settings/tablets","/trail","/trail/sign-ins","/trail/exports","/account","/account/second-factor"];
  await p.goto("/settings/members"); const m = await p.locator("table a").nth(3).getAttribute("href"); paths.push(m);
  for (const path of paths) { const r = await p.goto(path); if(r.status()!=200) console.log(path, r.status());
    const over = await p.evaluate(()=>document.documentElement.scrollWidth>innerWidth); if(over) console.log("sideways",w,path);
    await p.screenshot({path:`${out}/${w}-${path.replace(/\W+/g,"_").slice(0,30)}.png`, fullPage:true}); }
  await c.close();
}
await b.close();
