import { readWeights } from '../weights.ts';

// Fitted by bench/fit-capture.ts on 464 threads; not to be edited by hand.

export const abandonedWeights = readWeights(`
2.90; -2.15 marked as resolved; -1.55 tale: any act; -1.49 tale: ends with trouble; -1.32 tale: any cause;
-1.26 ticked at the end; -1.24 tale: since the last act act; 1.14 tale: ends with dismiss;
-1.12 tale: since the last act ask; 1.08 tale: any dismiss; 0.99 tale: last ask; -0.99 tale: any trouble;
-0.94 messages; -0.91 tale: any noeffect; 0.90 tale: since the last act look; 0.88 tale: any propose;
-0.85 tale: since the last act cause; 0.81 no act; -0.79 tale: since the last act makeshift;
-0.79 tale: any makeshift; 0.78 tale: any ask; -0.77 tale: any well; -0.74 tale: last cause;
0.74 tale: ends with cause; -0.71 tale: well for good; 0.68 tale: since the last act dismiss;
-0.68 tale: since the last act well; -0.68 tale: act then well; -0.66 tale: well then cause;
-0.66 tale: ends with makeshift; -0.63 tale: no effect for good; 0.63 tale: any look;
-0.60 tale: since the last act giveup; -0.60 tale: since the last act noeffect; -0.59 tale: ends with act;
-0.59 tale: ends with well; -0.58 tale: act then look; -0.58 tale: any giveup; -0.58 tale: ends with giveup;
-0.57 tale: act then noeffect; -0.57 tale: noeffect then look; -0.56 tale: last chat;
0.56 tale: ends with chat; 0.55 tale: since the last act propose; -0.52 tale: noeffect then act;
-0.51 tale: last giveup; -0.51 acts; -0.50 tale: noeffect then giveup; 0.49 tale: since the last act guess;
-0.47 tale: last well; 0.44 tale: ends with ask; -0.42 tale: since the last act trouble;
0.38 tale: ends with guess; -0.37 tale: act then cause; -0.37 tale: act then makeshift;
0.36 tale: ends with look; 0.35 tale: last propose; -0.35 tale: last makeshift; -0.33 tale: well makeshift;
-0.32 tale: noeffect then guess; -0.31 tale: ends with propose; -0.31 tale: well then makeshift;
-0.30 tale: last trouble; -0.30 no alert; -0.30 tale: act then guess; 0.27 tale: last guess;
-0.26 tale: noeffect then well; -0.23 tale: ends with noeffect; 0.21 tale: act then dismiss;
0.19 tale: last act; -0.18 tale: noeffect then cause; -0.18 tale: noeffect then makeshift;
-0.18 tale: any guess; 0.18 alert over; 0.17 tale: any chat; -0.16 tale: well then guess;
0.15 tale: last dismiss; 0.14 tale: since the last act chat; 0.12 alert fires; 0.10 tale: last noeffect;
-0.10 tale: act then giveup; -0.10 tale: act then trouble; -0.08 tale: well then trouble;
0.08 tale: well then look; -0.07 tale: well then giveup; -0.05 tale: well then noeffect;
0.04 tale: well then act;
`);
