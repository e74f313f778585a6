/**
 * Tokens that begin with letters of their issuer, which publishes them so that scanners can find them. One pattern an
 * issuer or family; alternatives are apart by blanks, and each begins with two plain characters (the index is built
 * from them). Every pattern is tried only where no other token character stands before.
 */
export const tokenPrefixes: Readonly<Record<string, string>> = {
  // Code hosting, packages and builds.
  github: 'gh[pousr]_[A-Za-z0-9]{30,255} github_pat_\\w{22,255}',
  gitlab:
    'gl(?:pat|dt|rt|cbt|ptt|ft|soat|agent|imt|ffct|wt)-[\\w.-]{16,255} GR1348941[\\w-]{20,64} glrtr-[\\w-]{16,64}',
  bitbucket: 'ATBB[A-Za-z0-9]{28,40} ATCTT3[\\w=-]{50,255}',
  atlassian: 'ATATT3[\\w=-]{50,255} ATST[\\w=-]{60,255} ATOA[\\w=-]{60,255}',
  npm: 'npm_[A-Za-z0-9]{36}',
  pypi: 'pypi-[\\w-]{40,1024}',
  rubygems: 'rubygems_[a-f0-9]{48}',
  crates: 'cio[A-Za-z0-9]{32}(?![A-Za-z0-9])',
  nuget: 'oy2[a-z0-9]{43}(?![A-Za-z0-9])',
  docker: 'dckr_(?:pat|oat)_[\\w-]{20,255}',
  circleci: 'CCIPAT_\\w{20,128} CCIPRJ_\\w{20,128}',
  buildkite: 'bkua_[a-f0-9]{40} bkaj_[\\w-]{20,512} bkct_[\\w-]{20,128}',
  sonar: 'sq[apu]_[a-f0-9]{40}',
  snyk: 'snyk_(?:uat|sat)\\.[a-f0-9]{8}\\.[\\w.-]{20,255}',
  codecov: 'codecov_[\\w-]{20,64}',
  harness:
    'pat\\.[\\w-]{22}\\.[0-9a-f]{24}\\.[A-Za-z0-9]{20} sat\\.[\\w-]{22}\\.[0-9a-f]{24}\\.[A-Za-z0-9]{20}',
  artifactory: 'AKCp[A-Za-z0-9]{60,100} cmVmdGtu[A-Za-z0-9]{40,80}',
  // Clouds and platforms.
  aws: 'AKIA[A-Z2-7]{16}(?![A-Za-z0-9]) ASIA[A-Z2-7]{16}(?![A-Za-z0-9]) ABIA[A-Z2-7]{16}(?![A-Za-z0-9]) ACCA[A-Z2-7]{16}(?![A-Za-z0-9]) ABSK[A-Za-z0-9+/]{80,200}={0,2} bedrock-api-key-[\\w+/=-]{40,2048}',
  google:
    'AIza[\\w-]{35} ya29\\.[\\w.-]{20,2048} GOCSPX-[\\w-]{28} 1//0[\\w-]{40,255} GOOG1[A-Z0-9]{40,70} AQVN[\\w-]{35,40}',
  azure: 'eyJrid[\\w-]{20,100}',
  alibaba: 'LTAI[A-Za-z0-9]{12,24}(?![A-Za-z0-9])',
  tencent: 'AKID[A-Za-z0-9]{32}(?![A-Za-z0-9])',
  ibm: 'ApiKey-[0-9a-f]{8}-[0-9a-f-]{27}',
  digitalocean: 'do[opr]_v1_[a-f0-9]{64}',
  heroku: 'HRKU-[\\w-]{30,80}',
  fly: 'fo1_[\\w-]{43} FlyV1\\sfm[12]_[\\w+/=,-]{50,2048} fm[12][ar]?_[A-Za-z0-9+/]{80,2048}',
  netlify: 'nf[pcoub]_[A-Za-z0-9]{36}',
  render: 'rnd_[A-Za-z0-9]{28}',
  vercel: 'vercel_blob_rw_\\w{30,80} vc[pikar]_[A-Za-z0-9]{24,80}',
  supabase: 'sbp_[a-f0-9]{40} sb_secret_[\\w-]{20,64}',
  neon: 'napi_[a-z0-9]{40,80}',
  planetscale: 'pscale_(?:tkn|pw|oauth)_[\\w.=-]{32,64}',
  databricks: 'dapi[a-f0-9]{32}(?:-\\d)? dose[a-f0-9]{32}',
  hashicorp: 'hv[sbr]\\.[\\w-]{20,2048} s\\.[A-Za-z0-9]{24}(?![A-Za-z0-9])',
  k3s: 'K10[0-9a-f]{64}::[\\w-]{1,32}:[0-9a-f]{32}',
  openshift: 'sha256~[\\w-]{43}',
  pulumi: 'pul-[a-f0-9]{40}',
  doppler: 'dp\\.(?:pt|st|ct|sa|scim|audit)\\.[\\w.-]{40,80}',
  infisical: 'st\\.[0-9a-f-]{24,36}\\.[0-9a-f]{32}\\.[0-9a-f]{32}',
  tailscale: 'tskey-[a-z]{2,12}-[\\w-]{16,128}',
  cloudflare: 'v1\\.0-[a-f0-9]{24}-[a-f0-9]{100,160} cf(?:ut|at|k)_[A-Za-z0-9]{40,64}',
  onepassword:
    'ops_eyJ[\\w-]{100,2048}={0,2} A3-[A-Z0-9]{6}-[A-Z0-9]{6,11}-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}',
  age: 'AGE-SECRET-KEY-1[0-9A-Z]{50,80} AGE-PLUGIN-[A-Z0-9-]{20,255}',
  prefect: 'pnu_[A-Za-z0-9]{36} pnb_[A-Za-z0-9]{36}',
  // Monitoring and on-call.
  grafana: 'glsa_[A-Za-z0-9]{32}_[a-f0-9]{8} glc_[A-Za-z0-9+/]{32,400}={0,2}',
  newrelic:
    'NRAK-[A-Z0-9]{27} NRII-[\\w-]{32} NRIQ-[\\w-]{32} NRJS-[a-f0-9]{19} NRSP-[a-z]{2}\\d{2}-?[\\w-]{31,42}',
  sentry: 'sntrys_[\\w+/=-]{40,512} sntryu_[a-f0-9]{64}',
  dynatrace: 'dt0[a-z]\\d{2}\\.[A-Z0-9]{8,24}\\.[A-Z0-9]{64}',
  honeycomb: 'hc[abi]ik_[a-z0-9]{58} hcalk_[a-z0-9]{58} hcxik_[a-z0-9]{58}',
  datadog: 'ddapp_[A-Za-z0-9]{34} ddpat_[\\w-]{30,80}',
  betterstack: 'uptime_[A-Za-z0-9]{32,64}',
  // Chat, mail and payments.
  slack: 'xox[abcdeoprs][-.][\\w.-]{10,512} xapp-[\\w-]{10,255} xwfp-[\\w-]{10,255}',
  sendgrid: 'SG\\.[\\w-]{16,32}\\.[\\w-]{16,64}',
  mailgun: 'key-[0-9a-f]{32}(?![A-Za-z0-9]) pubkey-[0-9a-f]{32}',
  brevo: 'xkeysib-[a-f0-9]{64}-[A-Za-z0-9]{16} xsmtpsib-[a-f0-9]{64}-[A-Za-z0-9]{16}',
  resend: 're_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}',
  twilio: 'SK[0-9a-f]{32}(?!\\w)',
  flutterwave: 'FLWSECK(?:_TEST)?-[\\w-]{16,64}',
  stripe:
    'sk_(?:live|test)_[A-Za-z0-9]{16,255} rk_(?:live|test)_[A-Za-z0-9]{16,255} whsec_[A-Za-z0-9+/=]{20,255}',
  square: 'sq0(?:atp|csp|idp)-[\\w-]{22,64} EAAA[\\w-]{60}(?![\\w-])',
  facebook: 'EAACEdEose0cBA[A-Za-z0-9]{20,255} EAA[A-Za-z0-9]{100,255}',
  shopify: 'shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}',
  // Models.
  openai: 'sk-(?=[\\w-]{0,255}\\d)[\\w-]{20,255}',
  huggingface: 'hf_[A-Za-z0-9]{34} api_org_[A-Za-z0-9]{34}',
  groq: 'gsk_[A-Za-z0-9]{48,64}',
  replicate: 'r8_[A-Za-z0-9]{37}',
  perplexity: 'pplx-[A-Za-z0-9]{40,64}',
  xai: 'xai-[A-Za-z0-9]{70,90}',
  langsmith: 'lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}',
  // Work tools.
  linear: 'lin_(?:api|oauth)_[A-Za-z0-9]{32,64}',
  notion: 'ntn_[A-Za-z0-9]{40,60} secret_[A-Za-z0-9]{43}',
  figma: 'fig[dour]_[\\w-]{40,60}',
  postman: 'PMAK-[a-f0-9]{24}-[a-f0-9]{34}',
  airtable: 'pat[A-Za-z0-9]{14}\\.[a-f0-9]{64}',
  hubspot: 'pat-[a-z]{2}\\d-[0-9a-f]{8}-[0-9a-f-]{27}',
  launchdarkly: 'sdk-[0-9a-f]{8}-[0-9a-f-]{27} api-[0-9a-f]{8}-[0-9a-f-]{27} mob-[0-9a-f]{8}-[0-9a-f-]{27}',
  contentful: 'CFPAT-[\\w-]{43}',
  typeform: 'tfp_[\\w.-]{40,60}',
  expo: 'exp_[A-Za-z0-9]{36,44}',
  jwt: 'eyJ[\\w-]{8,8192}\\.(?:eyJ)?[\\w-]{8,8192}(?:\\.[\\w-]{0,8192}){1,3}',
};
