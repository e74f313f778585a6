import { readWeights } from '../weights.ts';

// Fitted by bench/fit-capture.ts on 464 threads; not to be edited by hand.

export const failedWeights = readWeights(`
-3.50; 1.81 tale: since the last act noeffect; 1.79 tale: since the last act cause;
-1.72 marked as resolved; 1.60 tale: no effect for good; -1.45 tale: any look; 1.44 tale: act then look;
1.31 tale: noeffect then act; 1.20 tale: ends with trouble; -1.13 tale: ends with look;
1.10 tale: any noeffect; -1.10 tale: ends with well; -1.08 alert over;
0.98 tale: since the last act propose; 0.97 acts; -0.95 tale: any ask; -0.94 messages;
0.94 tale: last noeffect; 0.93 tale: since the last act look; -0.92 tale: noeffect then cause;
0.85 tale: since the last act giveup; -0.84 no act; 0.84 tale: ends with giveup;
-0.84 tale: well then makeshift; 0.84 tale: any giveup; 0.74 tale: any act; 0.73 tale: act then noeffect;
-0.72 tale: ends with act; 0.72 tale: noeffect then look; -0.67 tale: any cause; 0.66 tale: any chat;
0.65 no alert; -0.65 tale: last chat; -0.60 tale: any well; -0.60 tale: well then act;
-0.57 ticked at the end; 0.57 tale: since the last act act; -0.56 tale: ends with makeshift;
0.55 tale: last cause; -0.54 tale: act then well; 0.51 tale: since the last act well;
0.50 tale: act then giveup; -0.50 tale: any propose; -0.49 tale: noeffect then makeshift;
-0.49 tale: well then noeffect; 0.47 tale: ends with ask; -0.46 tale: since the last act makeshift;
0.44 tale: noeffect then giveup; 0.43 alert fires; -0.43 tale: well then giveup;
0.42 tale: noeffect then guess; -0.39 tale: act then cause; 0.38 tale: since the last act ask;
-0.37 tale: act then makeshift; -0.37 tale: last trouble; 0.36 tale: ends with guess;
0.35 tale: act then guess; -0.31 tale: noeffect then well; -0.30 tale: any dismiss;
0.29 tale: since the last act chat; -0.29 tale: ends with dismiss; -0.28 tale: last act;
0.27 tale: last ask; -0.26 tale: last makeshift; -0.25 tale: ends with cause;
-0.24 tale: since the last act dismiss; 0.23 tale: noeffect then dismiss; 0.23 tale: act then dismiss;
-0.21 tale: last propose; 0.20 tale: last well; 0.20 tale: any trouble; -0.20 tale: well then look;
0.18 tale: well then guess; -0.18 tale: since the last act trouble; -0.16 tale: well then cause;
-0.15 tale: last dismiss; -0.14 tale: well for good; -0.13 tale: any guess; -0.09 tale: well makeshift;
-0.08 tale: ends with noeffect; -0.08 tale: any makeshift; -0.07 tale: well then trouble;
-0.06 tale: act then trouble; 0.04 tale: well then dismiss; -0.04 tale: since the last act guess;
`);
